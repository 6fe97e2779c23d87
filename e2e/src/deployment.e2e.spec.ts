import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nxMajors } from '../support/nx-versions.js';
import { nx, type RunResult } from '../support/run.js';
import { commitAll, createWorkspace, type Files, writeFiles } from '../support/workspace.js';

const owner = `${required('MOLTBOOK_REGISTRY')}/deploy-${randomBytes(4).toString('hex')}`;
const image = (name: string, dockerfile: string) => ({
  [`${name}/project.json`]: JSON.stringify({ name }),
  [`${name}/Dockerfile`]: `${dockerfile}COPY src /src\n`,
  [`${name}/src/index.js`]: name,
});
/** As docs/kubernetes.md has it. */
const deploy = {
  command: 'echo deployed',
  dependsOn: ['^docker-build'],
  inputs: ['{projectRoot}/**/*', { dependentTasksOutputFiles: '**/*', transitive: true }],
};
const manifest = (reference: string) => `kind: Deployment
spec:
  template:
    spec:
      containers:
        - image: '${reference}' # comments stay
          ports: [{containerPort: 80}]
`;
const plugin = {
  plugin: '@moltbook/docker/plugin',
  options: { registry: owner, kubernetes: { paths: ['k8s'] } },
};
const files: Files = {
  'nx.json': JSON.stringify({
    analytics: false,
    plugins: [plugin],
    sync: { globalGenerators: ['@moltbook/docker:sync-references'] },
  }),
  ...image('base', 'FROM scratch\n'),
  ...image('api', `FROM ${owner}/base:1\nEXPOSE 80\n`),
  ...image('web', 'FROM scratch\n'),
  'k8s/project.json': JSON.stringify({ name: 'k8s', targets: { deploy } }),
  'k8s/api.yml': manifest(`${owner}/api:1.2.3`),
};

describe.each(nxMajors)('with Nx %i', (major) => {
  let root = '';
  beforeAll(async () => {
    root = await createWorkspace({ major, files });
  });

  it('a change of a base reaches the deployment, along the edge of a manifest', async () => {
    await change({ 'base/src/index.js': 'changed' });
    const { edges, tasks } = await affected('deploy');
    expect(edges.k8s).toEqual([{ source: 'k8s', target: 'api', type: 'static' }]);
    expect(tasks).toEqual(['api:docker-build', 'base:docker-build', 'k8s:deploy']);
  });

  it('a change of a Dockerfile reaches the check', async () => {
    await change({ 'api/Dockerfile': `FROM ${owner}/base:1\nCOPY src /src\nEXPOSE 81\n` });
    const { stdout } = await run('affected', '-t', 'k8s-check', '--base=HEAD~1', '--head=HEAD');
    expect(stdout).toContain(`${owner}/api exposes 81/tcp (api/Dockerfile:3)`);
  });

  if (major >= 23)
    it('a change of an image that no manifest names does not', async () => {
      await change({ 'web/src/index.js': 'changed' });
      expect((await affected('deploy')).tasks).toEqual([]);
    });

  if (major === 23) {
    it('takes the check from the cache until something changes that it reads', async () => {
      const isCached = async () => /from the cache/.test((await run('run', 'k8s:k8s-check')).stdout);
      expect(await isCached()).toBe(true);
      await change({ 'k8s/api.yml': manifest(`${owner}/api:1.2.4`) });
      expect(await isCached()).toBe(false);
    });

    it('nx sync writes what was pushed, and nx sync:check is content only then', async () => {
      await run('docker-build', 'api', '--push', '--tags=1.2.5');
      const red = await nx(root, ['sync:check'], { mayFail: true });
      const { digest } = JSON.parse(readFileSync(join(root, 'dist/docker/api.json'), 'utf8'));
      const reference = `${owner}/api:1.2.5@${digest}`;
      expect([red.exitCode, red.stdout + red.stderr]).toEqual([
        1,
        expect.stringContaining(`k8s/api.yml:6: ${owner}/api:1.2.4 -> ${reference}`),
      ]);
      await nx(root, ['sync']);
      expect(readFileSync(join(root, 'k8s/api.yml'), 'utf8')).toBe(manifest(reference));
      expect(await nx(root, ['sync:check'])).toMatchObject({ exitCode: 0 });
    });
  }

  async function change(changed: Files): Promise<void> {
    writeFiles(root, changed);
    await commitAll(root, 'Change');
  }

  function run(...args: string[]): Promise<RunResult> {
    return nx(root, [...args, '--output-style=static']);
  }

  /** The edges of the graph, and the tasks that the last commit selects. */
  async function affected(target: string) {
    const file = join(root, 'graph.json');
    await nx(root, ['affected', '-t', target, '--base=HEAD~1', '--head=HEAD', `--graph=${file}`]);
    const { graph, tasks } = JSON.parse(readFileSync(file, 'utf8'));
    return { edges: graph.dependencies, tasks: Object.keys(tasks.tasks).sort() };
  }
});

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run npm test, which provides it`);
  return value;
}
