import { type BuildRequest, buildCommand, pushCommands } from './build-command.js';
import { formatCommand } from './command.js';
import type { Engine } from './engine.js';

const request: BuildRequest = {
  dockerfilePath: 'api/Dockerfile',
  buildContext: '.',
  imageRefs: ['ghcr.io/acme/api:local'],
  resultFile: '/tmp/result',
};

function line(kind: Engine['kind'], more: Partial<BuildRequest> = {}): string {
  const file = kind === 'buildx' || kind === 'docker' ? 'docker' : kind;
  return formatCommand(buildCommand({ ...request, ...more }, { kind, file, description: kind }));
}

describe('buildCommand', () => {
  it.each([
    [
      'buildx',
      'docker buildx build --file api/Dockerfile --tag ghcr.io/acme/api:local --load --metadata-file /tmp/result -- .',
    ],
    [
      'docker',
      'DOCKER_BUILDKIT=1 docker build --file api/Dockerfile --tag ghcr.io/acme/api:local --iidfile /tmp/result -- .',
    ],
    ['podman', 'podman build --file api/Dockerfile --tag ghcr.io/acme/api:local --iidfile /tmp/result -- .'],
    [
      'buildah',
      'buildah build --file api/Dockerfile --tag ghcr.io/acme/api:local --iidfile /tmp/result -- .',
    ],
  ] as const)('knows the command line of %s', (kind, text) => expect(line(kind)).toBe(text));

  it.each<[string, Partial<BuildRequest>, string]>([
    ['a target stage', { targetStage: 'prod' }, '--target prod'],
    ['a build argument', { buildArgs: { A: 'x y' } }, "--build-arg 'A=x y'"],
    ['a build argument from the environment', { buildArgs: { A: null } }, '--build-arg A '],
    ['an empty build argument', { buildArgs: { A: '' } }, '--build-arg A= '],
    ['platforms', { platforms: ['linux/amd64', 'linux/arm64'] }, '--platform linux/amd64,linux/arm64'],
    [
      'a secret file',
      { secrets: [{ id: 'npmrc', src: '/root/.npmrc' }] },
      '--secret id=npmrc,src=/root/.npmrc',
    ],
    ['a secret variable', { secrets: [{ id: 'token', env: 'TOKEN' }] }, '--secret id=token,env=TOKEN'],
    ['a secret file with a comma', { secrets: [{ id: 'a', src: '/x,y' }] }, `--secret 'id=a,"src=/x,y"'`],
    [
      'a named context',
      { namedContexts: { base: 'docker-image://b:1' } },
      '--build-context base=docker-image://b:1',
    ],
    ['labels', { labels: { a: '1' } }, '--label a=1'],
    ['annotations', { annotations: ['manifest,index:a=b c'] }, "--annotation 'manifest,index:a=b c'"],
    ['no cache', { noCache: true }, '--no-cache'],
    ['pull', { pull: true }, '--pull'],
    ['progress', { progress: 'plain' }, '--progress plain'],
    ['a cache to read', { cacheFrom: ['type=gha,scope=a'] }, '--cache-from type=gha,scope=a'],
    [
      'a cache to write',
      { cacheTo: ['type=gha', 'type=inline'] },
      '--cache-to type=gha --cache-to type=inline',
    ],
    ['provenance', { provenance: 'max' }, '--provenance mode=max'],
    ['no provenance', { provenance: 'none' }, '--provenance false'],
    ['an SBOM', { sbom: true }, '--sbom true'],
    ['a push', { push: 'by-name' }, '--tag ghcr.io/acme/api:local --push'],
    [
      'a push without a name',
      { push: 'by-digest', imageRefs: ['ghcr.io/acme/api'] },
      'api/Dockerfile --output type=image,name=ghcr.io/acme/api,push-by-digest=true,name-canonical=true,push=true',
    ],
  ])('passes %s', (_, more, text) => expect(line('buildx', more)).toContain(` ${text}`));

  it('leaves out what is not asked for', () => {
    expect(line('buildx', { platforms: [], buildArgs: {}, secrets: [] })).toBe(line('buildx'));
  });

  it('says where an engine has no named contexts', () => {
    expect(() => line('docker', { namedContexts: { base: 'docker-image://b:1' } })).toThrow(
      /ENGINE_UNABLE[\s\S]*buildx/,
    );
  });

  it.each<[Engine['kind'], BuildRequest['push'], string[]]>([
    ['podman', 'by-name', ['podman push ghcr.io/acme/api:local']],
    ['podman', undefined, []],
    ['buildx', 'by-name', []],
  ])('with %s, a push (%s) takes the commands %j', (kind, push, lines) => {
    const commands = pushCommands(
      { ...request, ...(push && { push }) },
      { kind, file: kind, description: kind },
    );
    expect(commands.map(formatCommand)).toEqual(lines);
  });

  it('does not let a folder name become a flag', () => {
    expect(line('buildx', { buildContext: '--push' })).toMatch(/ -- --push$/);
  });
});
