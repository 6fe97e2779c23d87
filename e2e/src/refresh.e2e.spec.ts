import { githubWorkflow } from '../../packages/docker/src/core/workflow/github-workflow.js';
import { openRegistry } from '../../packages/docker/src/host/registry/open-registry.js';
import { readLabels } from '../../packages/docker/src/host/registry/read-labels.js';
import { runWorkflow } from '../support/emulator/run-workflow.js';
import { sampleShape } from '../support/emulator/sample-workflow.js';
import { openShop, type Shop } from '../support/emulator/shop.js';
import { createStory, type Story } from '../support/emulator/story.js';
import { docker, removeImages } from '../support/engine.js';
import { pushImage } from '../support/push-image.js';
import { nx } from '../support/run.js';
import { createWorkspace } from '../support/workspace.js';

const registry = process.env.MOLTBOOK_REGISTRY ?? '';
/** Images that others publish, and may publish again under the same name. */
const outside = `${registry}/outside-${process.pid}`;
const moving = `${outside}/node:1`;
const still = `${outside}/alpine:1`;

beforeAll(() => Promise.all([pushImage(moving, 'one'), pushImage(still, 'still')]));

describe('the workflow, on schedule', () => {
  const owner = `refresh-${process.pid}`;
  let shop: Shop;
  let story: Story;
  beforeAll(async () => {
    const options = { ...sampleShape.options, schedule: '0 3 * * *' };
    shop = await openShop(owner, githubWorkflow({ ...sampleShape, options }));
    story = createStory(shop);
  });
  afterAll(() => shop.github.close());

  async function run(event: Awaited<ReturnType<Shop['developer']['push']>>): Promise<string> {
    story.addCommit(event.sha);
    const { jobs, log } = await runWorkflow(shop.github, event);
    const started = Object.entries(jobs).filter(([, { result }]) => result !== 'skipped');
    const failed = started.filter(([, { result }]) => result !== 'success');
    if (failed.length > 0) throw new Error(log);
    const built = started.flatMap(([, { instances }]) =>
      instances.flatMap(({ name }) => /^build (.+)$/.exec(name)?.[1] ?? []),
    );
    return built.join(', ');
  }

  async function onSchedule(): Promise<string> {
    const { payload, ...event } = await shop.developer.dispatch();
    return run({ ...event, name: 'schedule', payload: { ...payload, schedule: '0 3 * * *' } });
  }

  async function labelsOf(image: string) {
    return (await readLabels(openRegistry(`${registry}/${owner}/${image}`), 'latest'))?.[0];
  }

  it('has published images that say what they were built from', async () => {
    const files = {
      ...shop.files,
      'base/Dockerfile': `FROM ${moving}\nCOPY base/version /version\n`,
      'alone/Dockerfile': `FROM ${still}\nCOPY alone/alone /alone\n`,
    };
    expect(await run(await shop.developer.push(files))).toBe('alone, base, app');
    expect(await story.changes()).toEqual([
      'alone: D1 gets inputs latest main main-C1 sha-C1',
      'app: D2 gets inputs latest main main-C1 sha-C1',
      'base: D3 gets inputs latest main main-C1 sha-C1',
      'k8s/alone: main-C1@D1',
      'k8s/app: main-C1@D2',
    ]);
    expect(await labelsOf('alone')).toMatchObject({
      'io.moltbook.docker.bases': JSON.stringify({ [still]: await digestOf(still) }),
      'org.opencontainers.image.base.name': still,
      'org.opencontainers.image.base.digest': await digestOf(still),
    });
    expect(await labelsOf('app')).toMatchObject({
      'io.moltbook.docker.bases': JSON.stringify({ [moving]: await digestOf(moving) }),
      'org.opencontainers.image.base.name': `${shop.github.registry}/${owner}/base`,
    });
  });

  it('builds nothing while no base moved', async () => {
    expect(await onSchedule()).toBe('');
    expect(await story.changes()).toEqual([
      'alone: D1 gets main-C2 sha-C2',
      'app: D2 gets main-C2 sha-C2',
      'base: D3 gets main-C2 sha-C2',
    ]);
  });

  it('builds anew what is built from a base that moved, and gives it all names', async () => {
    await pushImage(moving, 'two');
    expect(await onSchedule()).toBe('base, app');
    expect(await story.changes()).toEqual([
      'app: D4 gets inputs latest main main-C2 sha-C2',
      'base: D5 gets inputs latest main main-C2 sha-C2',
      'k8s/app: main-C2@D4',
    ]);
    expect((await labelsOf('app'))?.content).toBe('two');
  });

  it('keeps the new images with the next push', async () => {
    expect(await run(await shop.developer.push({ 'README.md': 'shop' }))).toBe('');
    expect(await story.changes()).toEqual([
      'alone: D1 gets main-C4 sha-C4',
      'app: D4 gets main-C4 sha-C4',
      'base: D5 gets main-C4 sha-C4',
    ]);
  });
});

async function digestOf(imageRef: string): Promise<string | undefined> {
  const [, repository = '', tag = ''] = /^(.+):(.+)$/.exec(imageRef) ?? [];
  return (await openRegistry(repository).head(tag))?.digest;
}

describe('docker-build --refreshBases', () => {
  let root = '';
  beforeAll(async () => {
    root = await createWorkspace({
      plugin: { registry: 'registry.test/refresh' },
      files: {
        'base/project.json': '{"name":"base"}',
        'base/Dockerfile': `FROM ${moving}\nCOPY base /\n`,
        'base/base': 'base',
        'app/project.json': '{"name":"app"}',
        'app/Dockerfile': 'FROM registry.test/refresh/base\nCOPY app /\n',
        'app/app': 'app',
        'alone/project.json': '{"name":"alone"}',
        'alone/Dockerfile': `FROM ${still}\nCOPY alone /\n`,
        'alone/alone': 'alone',
      },
    });
  });
  afterAll(() => removeImages('registry.test/refresh/*'));

  async function build(): Promise<string[]> {
    const flags = ['--refreshBases', '--output-style=stream'];
    const { stdout } = await nx(root, ['run-many', '-t', 'docker-build', ...flags]);
    return [...stdout.matchAll(/refresh\/(\w+):local is built/g)].map(([, name = '']) => name).sort();
  }

  it('builds anew what is built from a base that moved, and no more', async () => {
    await pushImage(moving, 'one');
    expect(await build()).toEqual(['alone', 'app', 'base']);
    expect(await build()).toEqual([]);
    await pushImage(moving, 'two');
    expect(await build()).toEqual(['app', 'base']);
    const content = await docker(
      ...['image', 'inspect', '--format', '{{.Config.Labels.content}}', 'registry.test/refresh/app:local'],
    );
    expect(content).toBe('two');
    expect(require(`${root}/dist/docker/app.json`).bases).toMatchObject({
      'registry.test/refresh/base': 'registry.test/refresh/base:local',
      [moving]: expect.stringContaining('@sha256:'),
    });
  });
});
