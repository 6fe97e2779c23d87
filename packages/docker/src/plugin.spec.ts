import type { CreateDependenciesContext, CreateNodesContext } from '@nx/devkit';
import { temporaryWorkspace } from '../testing/temporary-workspace.js';
import type { DockerPluginOptions } from './nx/plugin-options.js';
import { createDependencies, createNodes, createNodesV2 } from './plugin.js';

const files = {
  'base/project.json': '{"name":"base"}',
  'base/Dockerfile': 'FROM scratch\nCOPY etc /etc\n',
  'base/etc/config': '',
  'api/project.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM acme/base:1\nCOPY src /src\nCOPY dist /dist\n',
  'api/Dockerfile.worker': 'FROM scratch\n',
  'api/src/index.js': '',
  'ops/project.json': '{"name":"ops"}',
  'broken/project.json': '{"name":"broken"}',
  'broken/Dockerfile': 'FORM scratch\n',
};

async function infer(options: DockerPluginOptions = {}) {
  const context = { workspaceRoot: temporaryWorkspace(files), nxJsonConfiguration: {} } as CreateNodesContext;
  const paths = Object.keys(files).filter((path) => path.includes('Dockerfile'));
  return createNodes[1](paths, { registry: 'acme', ...options }, context);
}

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  jest.spyOn(console, 'warn').mockImplementation((text) => warnings.push(text));
});

describe('createNodes', () => {
  it('answers once for each project, with all its targets', async () => {
    const results = await infer();
    expect(results.map(([file, { projects }]) => [file, Object.keys(projects ?? {})])).toEqual([
      ['api/Dockerfile', ['api']],
      ['base/Dockerfile', ['base']],
      ['broken/Dockerfile', ['broken']],
    ]);
    expect(Object.keys(results[0]?.[1].projects?.api?.targets ?? {})).toEqual([
      'docker-build',
      'docker-build-worker',
    ]);
  });

  it('infers a target that says all that the executor and Nx need', async () => {
    const [[, { projects }]] = (await infer()) as [Awaited<ReturnType<typeof infer>>[number]];
    expect(projects?.api?.targets?.['docker-build']).toMatchObject({
      executor: '@moltbook/docker:build',
      cache: false,
      inputs: expect.arrayContaining([
        '{projectRoot}/src/**/*',
        '{workspaceRoot}/base/etc/**/*',
        { dependentTasksOutputFiles: '**/*' },
      ]),
      outputs: ['{workspaceRoot}/dist/docker/api.json'],
      dependsOn: [{ projects: ['base'], target: 'docker-build' }, 'build'],
      options: {
        dockerfile: 'api/Dockerfile',
        buildContext: 'api',
        image: 'acme/api',
        bases: { 'acme/base:1': { image: 'acme/base', record: 'dist/docker/base.json' } },
      },
    });
  });

  it('adds the check of manifests to the targets of their project', async () => {
    const results = await infer({ kubernetes: { paths: ['api/k8s', 'ops'] } });
    const targets = results.map(([file, { projects = {} }]) => [
      file,
      ...Object.entries(projects).flatMap(([root, { targets = {} }]) => [root, ...Object.keys(targets)]),
    ]);
    expect(targets).toEqual([
      ['api/Dockerfile', 'api', 'k8s-check', 'docker-build', 'docker-build-worker'],
      ['base/Dockerfile', 'base', 'docker-build'],
      ['broken/Dockerfile', 'broken', 'docker-build'],
      ['nx.json', 'ops', 'k8s-check'],
    ]);
  });

  it('says on standard error what will fail, and nothing else', async () => {
    await infer();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('broken/Dockerfile:1:1');
  });

  it('is also there under its older name', () => expect(createNodesV2).toBe(createNodes));
});

describe('createDependencies', () => {
  const target = (...dependsOn: unknown[]) => ({
    executor: '@moltbook/docker:build',
    options: { dockerfile: 'api/Dockerfile' },
    dependsOn,
  });
  const edges = (projects: Record<string, object>) =>
    createDependencies({}, { projects } as unknown as CreateDependenciesContext);

  it('draws an edge to each project whose task comes first', async () => {
    const dependsOn = [
      { projects: ['base'], target: 'docker-build' },
      'build',
      { projects: ['gone'], target: 'x' },
    ];
    expect(await edges({ api: { targets: { 'docker-build': target(...dependsOn) } }, base: {} })).toEqual([
      { source: 'api', target: 'base', type: 'static', sourceFile: 'api/Dockerfile' },
    ]);
  });

  it('draws none to itself, and none for targets of others', async () => {
    const own = target({ projects: ['api'], target: 'docker-build-base' });
    const other = { executor: 'nx:run-commands', dependsOn: [{ projects: ['base'], target: 'x' }] };
    expect(await edges({ api: { targets: { a: own, b: other } }, base: {} })).toEqual([]);
  });

  it('draws none that would close a circle, and says so', async () => {
    const image = {
      executor: '@moltbook/docker:build',
      options: { image: 'acme/base', dockerfile: 'base/Dockerfile' },
    };
    const projects = { api: { targets: { a: target() } }, base: { targets: { b: image } } };
    const files = { 'api/k8s.yml': 'image: acme/base', 'base/k8s.yml': 'image: acme/api' };
    Object.assign(projects.api.targets.a.options, { image: 'acme/api' });
    const owned = Object.keys(files).map((file) => [file.split('/')[0], [{ file, hash: '' }]]);
    const context = {
      projects,
      workspaceRoot: temporaryWorkspace(files),
      fileMap: { projectFileMap: Object.fromEntries(owned), nonProjectFiles: [] },
    } as unknown as CreateDependenciesContext;
    expect(await createDependencies({ kubernetes: { paths: ['api', 'base'] } }, context)).toEqual([
      { source: 'api', target: 'base', type: 'static', sourceFile: 'api/k8s.yml' },
    ]);
    expect(warnings).toEqual([expect.stringContaining('base/k8s.yml:1:1: warning: base has a manifest')]);
  });
});
