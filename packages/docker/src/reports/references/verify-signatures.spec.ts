import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { sampleRecord } from '../../../testing/sample-record.js';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { formatProblem } from '../../core/errors.js';
import { type SetReferencesOptions, setReferences } from './set-references.js';

const { PATH = '' } = process.env;
afterEach(() => {
  process.env.PATH = PATH;
});

const { digest } = sampleRecord;
const pod = 'kind: Pod\nimage: ghcr.io/acme/api:latest\n';

/** Sets the reference of an image with a cosign that answers as the script says. */
async function set(script: string, options: SetReferencesOptions = {}) {
  const kubernetes = { paths: ['k8s'], verify: { key: 'cosign.pub', args: ['--insecure-ignore-tlog'] } };
  const root = temporaryWorkspace({
    'k8s/api.yml': pod,
    'nx.json': JSON.stringify({ plugins: [{ plugin: '@moltbook/docker/plugin', options: { kubernetes } }] }),
  });
  const bin = mkdtempSync(join(tmpdir(), 'verify-signatures-'));
  writeFileSync(join(bin, 'cosign'), `#!/bin/sh\necho "$PWD $@" >> ${bin}/calls\n${script}\n`);
  chmodSync(join(bin, 'cosign'), 0o755);
  writeFileSync(join(bin, 'calls'), '');
  process.env.PATH = `${bin}${delimiter}${PATH}`;
  const { changed, problems } = await setReferences(root, [sampleRecord], options);
  return {
    changed,
    said: problems.map(formatProblem).join('\n'),
    isSame: readFileSync(join(root, 'k8s/api.yml'), 'utf8') === pod,
    calls: readFileSync(join(bin, 'calls'), 'utf8').replaceAll(root, 'root'),
  };
}

it('writes what is signed, and asks about the digest, with keys from the workspace', async () => {
  expect(await set('exit 0')).toEqual({
    changed: ['k8s/api.yml'],
    said: '',
    isSame: false,
    calls: `root verify --key=cosign.pub --insecure-ignore-tlog ghcr.io/acme/api@${digest}\n`,
  });
});

it.each([
  [
    'exit 10',
    'SIGNATURE_MISSING',
    `ghcr.io/acme/api@${digest} is not signed as nx.json demands (cosign.pub)`,
  ],
  [
    'exit 12',
    'SIGNATURE_MISSING',
    `ghcr.io/acme/api@${digest} is not signed as nx.json demands (cosign.pub)`,
  ],
  [
    "echo 'Error: getting Rekor public keys: no such host' >&2; exit 1",
    'COSIGN_FAILED',
    `cosign cannot tell whether ghcr.io/acme/api@${digest} is signed: getting Rekor public keys: no such host`,
  ],
])('writes nothing where cosign ends with %s', async (script, code, message) => {
  const { changed, said, isSame } = await set(script);
  expect([changed, isSame]).toEqual([[], true]);
  expect(said).toMatch(/^k8s\/api.yml:2:8: /);
  expect(said).toContain(message);
  expect(said).toContain(`(${code})\n  Fix: `);
});

it('asks nothing about what the registry does not have', async () => {
  const { said, calls } = await set('exit 0', { prove: async () => undefined });
  expect([said, calls]).toEqual([expect.stringContaining('REFERENCE_MISSING'), '']);
});

it('asks before a dry run, too', async () => {
  expect((await set('exit 10', { write: false })).said).toContain('SIGNATURE_MISSING');
});
