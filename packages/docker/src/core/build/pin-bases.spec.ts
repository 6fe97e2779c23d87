import type { ImageUse } from '../image/evaluation.js';
import type { Engine } from './engine.js';
import { pinBases } from './pin-bases.js';

const digest = `sha256:${'a'.repeat(64)}`;
const node = 'docker.io/library/node:20';
const place = { file: 'Dockerfile', line: 1, column: 1 };
const use = (text: string, imageRef: string): ImageUse => ({ text, imageRef, how: 'FROM', place });
const uses = [use('node:20', node), use('alpine', 'docker.io/library/alpine:latest')];
const request = { dockerfilePath: 'Dockerfile', buildContext: '.', imageRefs: ['api:local'] };

function pin(
  kind: Engine['kind'],
  digests: [string, string][],
  { namedContexts = {}, syntax }: { namedContexts?: Record<string, string>; syntax?: string } = {},
) {
  const engine = { kind, file: kind, description: kind };
  const {
    dockerfilePath: _d,
    buildContext: _c,
    imageRefs: _r,
    ...rest
  } = pinBases({ ...request, namedContexts }, { digests: new Map(digests), uses, engine, syntax });
  return rest;
}

it.each(['buildx', 'podman', 'buildah'] as const)('names the digest to %s', (kind) => {
  expect(pin(kind, [[node, digest]], { namedContexts: { own: './own' } })).toEqual({
    namedContexts: { own: './own', 'node:20': `docker-image://docker.io/library/node@${digest}` },
  });
});

it('names that of the image which stands for another one', () => {
  expect(pin('buildx', [[node, digest]], { namedContexts: { 'node:20': 'docker-image://node:20' } })).toEqual(
    {
      namedContexts: { 'node:20': `docker-image://docker.io/library/node@${digest}` },
    },
  );
});

it('lets an engine without named contexts ask', () => {
  expect(pin('docker', [[node, digest]])).toEqual({ namedContexts: {}, pull: true });
});

it('changes nothing where nothing is known', () => {
  expect(pin('docker', [])).toEqual({ namedContexts: {} });
  expect(pin('buildx', [])).toEqual({ namedContexts: {} });
});

it.each<[string, boolean]>([
  ['docker/dockerfile', true],
  ['docker/dockerfile:1', true],
  ['docker/dockerfile:1.4', true],
  ['docker/dockerfile:1.17.1-labs', true],
  ['docker.io/docker/dockerfile:2', true],
  ['docker/dockerfile-upstream:master', true],
  ['docker/dockerfile:1.3', false],
  ['docker/dockerfile:1.2.1-labs', false],
  ['docker/dockerfile:experimental', false],
  [`docker/dockerfile@${digest}`, false],
  ['acme/mockerfile', false],
  ['???', false],
])('of a Dockerfile with syntax=%s: %s', (syntax, isPinned) => {
  const { namedContexts, pull } = pin('buildx', [[node, digest]], { syntax });
  expect([Object.keys(namedContexts ?? {}).length === 1, pull !== true]).toEqual([isPinned, isPinned]);
});

it('pins where a frontend has to take contexts anyway', () => {
  const given = { namedContexts: { own: './own' }, syntax: 'docker/dockerfile:1.2' };
  expect(pin('buildx', [[node, digest]], given)).not.toHaveProperty('pull');
});
