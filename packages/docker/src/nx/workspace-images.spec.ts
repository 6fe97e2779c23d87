import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryWorkspace } from '../../testing/temporary-workspace.js';
import { openWorkspace } from './open-workspace.js';
import { imageId, readImages, type WorkspaceImage } from './workspace-images.js';

async function imagesOf(
  files: Record<string, string>,
  { pluginOptions, nxJson = {} }: { pluginOptions?: object; nxJson?: object } = {},
): Promise<Record<string, WorkspaceImage>> {
  const workspace = await openWorkspace(temporaryWorkspace(files));
  const paths = Object.keys(files).filter((path) => /ockerfile/.test(path));
  const { images } = await readImages({ workspace, paths, pluginOptions, nxJson });
  return Object.fromEntries(images.map((image) => [imageId(image.image), image]));
}

const api = { 'api/project.json': '{"name":"api"}', 'api/src/index.js': '', 'api/README.md': '' };

describe('readImages', () => {
  it('names images after their projects and targets after their Dockerfiles', async () => {
    const images = await imagesOf(
      {
        ...api,
        'api/Dockerfile': 'FROM scratch',
        'api/Dockerfile.worker': 'FROM scratch',
        'api/docker/tools.Dockerfile': 'FROM scratch',
        'api/Dockerfile.dockerignore': '',
        'web/package.json': '{"name":"@acme/web"}',
        'web/Dockerfile': 'FROM scratch',
      },
      { pluginOptions: { registry: 'ghcr.io/acme/' } },
    );
    expect(Object.entries(images).map(([id, { image }]) => `${id} ${image.image}`)).toEqual([
      'api:docker-build ghcr.io/acme/api',
      'api:docker-build-worker ghcr.io/acme/api-worker',
      'api:docker-build-tools ghcr.io/acme/api-tools',
      '@acme/web:docker-build ghcr.io/acme/web',
    ]);
  });

  it('infers the build context and describes exactly what is read from it', async () => {
    const images = await imagesOf({
      ...api,
      'libs/a/index.js': '',
      'api/Dockerfile': 'FROM scratch\nCOPY api/src libs/a /app/\n',
    });
    expect(images['api:docker-build']).toMatchObject({
      image: { buildContext: '.' },
      inputs: {
        positive: [
          '.dockerignore',
          'api/Dockerfile',
          'api/Dockerfile.dockerignore',
          'api/src/**/*',
          'libs/a/**/*',
        ],
        negative: [],
      },
    });
  });

  it('reads what a symlink leads to that a glob finds', async () => {
    const root = temporaryWorkspace({
      ...api,
      'api/Dockerfile': 'FROM scratch\nCOPY links/*.js /\n',
      'api/real/a.js': '',
      'api/real/b.js': '',
      'api/links/own.js': '',
    });
    symlinkSync('../real/a.js', join(root, 'api/links/a.js'));
    const workspace = await openWorkspace(root);
    const options = { workspace, paths: ['api/Dockerfile'], pluginOptions: {}, nxJson: {} };
    const [one] = (await readImages(options)).images;
    expect(one?.inputs.positive).toContain('api/real/a.js');
    expect(one?.inputs.positive).not.toContain('api/real/b.js');
  });

  it('reads everything below the context of a Dockerfile with an error', async () => {
    const images = await imagesOf({ ...api, 'api/Dockerfile': 'FROM scratch\nCPOY src /\n' });
    expect(images['api:docker-build']?.inputs.positive).toContain('api/**/*');
    expect(images['api:docker-build']?.problems).toMatchObject([{ severity: 'error', place: { line: 2 } }]);
  });

  it.each<[string, Parameters<typeof imagesOf>, string]>([
    [
      'the project over the plugin options',
      [
        {
          ...api,
          'api/project.json': JSON.stringify({
            name: 'api',
            targets: { 'docker-build': { options: { targetStage: 'own' } } },
          }),
        },
        { pluginOptions: { images: { 'api/Dockerfile': { targetStage: 'plugin' } } } },
      ],
      'own',
    ],
    [
      'the target defaults over the plugin options',
      [
        api,
        {
          pluginOptions: { images: { 'api/Dockerfile': { targetStage: 'plugin' } } },
          nxJson: { targetDefaults: { 'docker-build': { options: { targetStage: 'own' } } } },
        },
      ],
      'own',
    ],
    [
      'the plugin options over bake',
      [
        {
          ...api,
          'docker-bake.hcl': 'target "api" {\n dockerfile = "api/Dockerfile"\n target = "bake"\n}\n',
        },
        { pluginOptions: { images: { 'api/Dockerfile': { targetStage: 'own' } } } },
      ],
      'own',
    ],
    [
      'bake over compose',
      [
        {
          ...api,
          'docker-bake.hcl': 'target "api" {\n dockerfile = "api/Dockerfile"\n target = "own"\n}\n',
          'compose.yaml': 'services:\n  api:\n    build: { context: api, target: compose }\n',
        },
      ],
      'own',
    ],
    [
      'compose',
      [{ ...api, 'compose.yaml': 'services:\n  api:\n    build: { context: api, target: own }\n' }],
      'own',
    ],
  ])('takes %s', async (_, [files, options], stage) => {
    const dockerfile =
      'FROM scratch AS own\nFROM scratch AS plugin\nFROM scratch AS bake\nFROM scratch AS compose\n';
    const images = await imagesOf({ ...files, 'api/Dockerfile': dockerfile }, options);
    expect(images['api:docker-build']?.image.options.targetStage).toBe(stage);
  });

  it('reads what is built when the project replaces build arguments, as Nx replaces them', async () => {
    const own = { 'docker-build': { options: { buildArgs: { OWN: '4' } } } };
    const images = await imagesOf(
      {
        ...api,
        'api/project.json': JSON.stringify({ name: 'api', targets: own }),
        'api/a/x': '',
        'api/b/x': '',
        'api/Dockerfile': 'FROM scratch\nARG DIR=b\nCOPY $DIR /x\n',
      },
      { pluginOptions: { buildArgs: { DIR: 'a' } } },
    );
    expect(images['api:docker-build']?.image.options.buildArgs).toEqual({ OWN: '4' });
    expect(images['api:docker-build']?.inputs.positive).toContain('api/b/**/*');
    expect(images['api:docker-build']?.inputs.positive).not.toContain('api/a/**/*');
  });

  it('finds bases through arguments, and takes over their inputs', async () => {
    const images = await imagesOf(
      {
        ...api,
        'api/Dockerfile': 'ARG BASE=ghcr.io/acme/base\nFROM $BASE:1\nCOPY src /src\n',
        'base/project.json': '{"name":"base"}',
        'base/Dockerfile': 'FROM scratch\nCOPY etc /etc\n',
        'base/etc/config': '',
      },
      { pluginOptions: { registry: 'ghcr.io/acme' } },
    );
    expect(images['api:docker-build']?.bases.map(({ image }) => imageId(image))).toEqual([
      'base:docker-build',
    ]);
    expect(images['api:docker-build']?.inputs.positive).toContain('base/etc/**/*');
    expect(images['base:docker-build']?.bases).toEqual([]);
  });

  it('finds the targets that make what is copied and not in git', async () => {
    const images = await imagesOf({
      ...api,
      'api/Dockerfile': 'FROM scratch\nCOPY dist/apps/web web/generated dist/none api/src /x/\n',
      'apps/web/project.json': '{"name":"web-app"}',
      'web/package.json': JSON.stringify({
        name: 'web',
        nx: { targets: { generate: { outputs: ['{projectRoot}/generated/**'] } } },
      }),
    });
    expect(images['api:docker-build']?.producers).toEqual([
      { projectName: 'web-app', projectRoot: 'apps/web', targetName: 'build' },
      { projectName: 'web', projectRoot: 'web', targetName: 'generate' },
    ]);
  });

  it('makes what cannot be known an error where the options say strict', async () => {
    const files = { ...api, 'api/Dockerfile': 'FROM node:20\nCOPY $FROM_BASE/x /x\n' };
    const [loose, strict] = [
      await imagesOf(files),
      await imagesOf(files, { pluginOptions: { strict: true } }),
    ];
    expect(loose['api:docker-build']?.problems).toContainEqual(
      expect.objectContaining({ code: 'DOCKERFILE_UNKNOWN', severity: 'warning' }),
    );
    expect(strict['api:docker-build']?.problems).toContainEqual(
      expect.objectContaining({ code: 'DOCKERFILE_UNKNOWN', severity: 'error' }),
    );
  });

  it('reports wrong options and goes on without them', async () => {
    const root = temporaryWorkspace({ ...api, 'api/Dockerfile': 'FROM scratch' });
    const workspace = await openWorkspace(root);
    const options = { workspace, paths: ['api/Dockerfile'], pluginOptions: { registry: 1 }, nxJson: {} };
    const { images, problems } = await readImages(options);
    expect(problems).toMatchObject([{ code: 'OPTIONS_INVALID' }]);
    expect(images[0]?.image.image).toBe('api');
  });

  it('says which declarations differ', async () => {
    const images = await imagesOf({
      ...api,
      'api/Dockerfile': 'FROM scratch AS a\nFROM scratch AS b\n',
      'compose.yaml':
        'services:\n  a: { build: { context: api, target: a } }\n  b: { build: { context: api, target: b } }\n',
    });
    expect(images['api:docker-build']?.problems).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('differ about targetStage') },
    ]);
    expect(images['api:docker-build']?.image).toMatchObject({
      buildContext: 'api',
      contextReason: 'service "a" in compose.yaml says so',
    });
  });
});
