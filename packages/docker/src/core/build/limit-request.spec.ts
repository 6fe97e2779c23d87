import type { BuildRequest } from './build-command.js';
import { type Engine, engineAbilities } from './engine.js';
import { limitRequest } from './limit-request.js';

const full: BuildRequest = {
  dockerfilePath: 'api/Dockerfile',
  buildContext: '.',
  imageRefs: ['ghcr.io/acme/api'],
  cacheFrom: ['type=gha'],
  cacheTo: ['type=gha'],
  provenance: 'min',
  sbom: true,
  push: 'by-digest',
};

const minimal: BuildRequest = {
  dockerfilePath: 'api/Dockerfile',
  buildContext: '.',
  imageRefs: ['ghcr.io/acme/api:1'],
};

function limit(kind: Engine['kind'], driver: string, containerdStore: boolean, request = full) {
  const engine = { kind, file: kind, description: 'It' };
  const abilities = engineAbilities(engine, { driver, containerdStore });
  return limitRequest(request, { engine, abilities, pushTag: 'build-1' });
}

it('leaves a request as it is where the engine can do it all', () => {
  expect(limit('buildx', 'docker-container', false)).toEqual({ request: full, warnings: [] });
});

it('gives a name of its own to what cannot be pushed by digest', () => {
  expect(limit('buildx', 'docker', true)).toEqual({
    request: { ...full, push: 'by-name', imageRefs: ['ghcr.io/acme/api:build-1'] },
    warnings: [],
  });
});

it.each([
  ['buildx', ['write its build cache elsewhere', 'attest provenance', 'attest an SBOM']],
  [
    'podman',
    [
      'read a build cache from elsewhere',
      'write its build cache elsewhere',
      'attest provenance',
      'attest an SBOM',
    ],
  ],
] as const)('says what %s with a store of its own cannot do', (kind, abilities) => {
  const { request, warnings } = limit(kind, 'docker', false);
  expect(warnings).toEqual(abilities.map((each) => `It cannot ${each}, so the image is built without`));
  expect(Object.keys(request)).not.toContain('cacheTo');
});

it('asks for no provenance only where there could be any', () => {
  const request: BuildRequest = { ...full, provenance: 'none' };
  expect(limit('buildx', 'docker', true, request).request.provenance).toBe('none');
  expect(limit('buildx', 'docker', false, request).request.provenance).toBeUndefined();
});

it('has nothing to say about a request that asks for nothing', () => {
  const { cacheFrom, cacheTo, provenance, sbom, push, ...plain } = full;
  expect(limit('podman', '', false, plain)).toEqual({ request: plain, warnings: [] });
});

describe('annotations', () => {
  const annotations = ['manifest,index:a=b', 'index:c=d', 'manifest-descriptor:e=f'];

  it.each([
    ['buildx', ['linux/amd64', 'linux/arm64'], annotations],
    ['buildx', ['linux/amd64'], ['manifest:a=b', 'manifest-descriptor:e=f']],
    ['podman', ['linux/amd64', 'linux/arm64'], ['manifest:a=b']],
  ] as const)('of what %s builds for %j are %j', (kind, platforms, left) => {
    const { request, warnings } = limit(kind, 'docker', true, { ...minimal, platforms, annotations });
    expect([request.annotations, warnings]).toEqual([left, []]);
  });

  it.each([
    ['docker', 'docker', false, 'by-name'],
    ['buildx', 'docker', false, 'by-name'],
    ['buildx', 'docker-container', false, undefined],
  ] as const)('are left out with a warning by %s with %s', (kind, driver, store, push) => {
    const request = { ...minimal, annotations, ...(push && { push }) };
    expect(limit(kind, driver, store, request)).toEqual({
      request: { ...minimal, ...(push && { push }) },
      warnings: ['It cannot annotate what it makes here, so the image is built without'],
    });
  });
});
