import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainFailure } from './pull.mjs';

const noRegistry = [
  'Error response from daemon: failed to resolve reference "docker.io/library/node:20": failed to do request: Head "https://registry-1.docker.io/v2/library/node/manifests/20": dial tcp: lookup registry-1.docker.io on 10.0.0.2:53: no such host',
  'Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
  'Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp 10.1.1.1:443: connect: connection refused',
  'Error response from daemon: Get "https://registry-1.docker.io/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
];

for (const output of noRegistry) {
  test(`no registry: …${output.slice(-60)}`, () => assert.equal(explainFailure('node:20', output), output));
}

const refusals = [
  'Error response from daemon: manifest for node:20-nope not found: manifest unknown: manifest unknown',
  'Error response from daemon: toomanyrequests: You have reached your pull rate limit.',
  'Error response from daemon: pull access denied for private/thing, repository does not exist',
];

for (const output of refusals) {
  test(`a registry refuses: …${output.slice(-60)}`, () => {
    assert.throws(() => explainFailure('node:20', output), { name: 'Failure', message: /cannot be pulled/ });
  });
}
