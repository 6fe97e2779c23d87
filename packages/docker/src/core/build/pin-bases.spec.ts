import type { ImageUse } from '../image/evaluation.js';
import type { Engine } from './engine.js';
import { pinBases } from './pin-bases.js';

const digest = `sha256:${'a'.repeat(64)}`;
const node = 'docker.io/library/node:20';
const place = { file: 'Dockerfile', line: 1, column: 1 };
const use = (text: string, imageRef: string): ImageUse => ({ text, imageRef, how: 'FROM', place });
const uses = [use('node:20', node), use('alpine', 'docker.io/library/alpine:latest')];
const request = { dockerfilePath: 'Dockerfile', buildContext: '.', imageRefs: ['api:local'] };

function pin(kind: Engine['kind'], digests: [string, string][], namedContexts: Record<string, string> = {}) {
  const engine = { kind, file: kind, description: kind };
  const {
    dockerfilePath: _d,
    buildContext: _c,
    imageRefs: _r,
    ...rest
  } = pinBases({ ...request, namedContexts }, { digests: new Map(digests), uses, engine });
  return rest;
}

it.each(['buildx', 'podman', 'buildah'] as const)('names the digest to %s', (kind) => {
  expect(pin(kind, [[node, digest]], { own: './own' })).toEqual({
    namedContexts: { own: './own', 'node:20': `docker-image://docker.io/library/node@${digest}` },
  });
});

it('names that of the image which stands for another one', () => {
  expect(pin('buildx', [[node, digest]], { 'node:20': 'docker-image://node:20' })).toEqual({
    namedContexts: { 'node:20': `docker-image://docker.io/library/node@${digest}` },
  });
});

it('lets an engine without named contexts ask', () => {
  expect(pin('docker', [[node, digest]])).toEqual({ namedContexts: {}, pull: true });
});

it('changes nothing where nothing is known', () => {
  expect(pin('docker', [])).toEqual({ namedContexts: {} });
  expect(pin('buildx', [])).toEqual({ namedContexts: {} });
});
