import type { WorkflowEvent } from '../../packages/docker/src/core/simulate/workflow-event.js';
import { type RunOptions, type RunReport, runWorkflow } from '../support/emulator/run-workflow.js';
import { openShop, type Shop, shopImages } from '../support/emulator/shop.js';
import { createStory, type Story } from '../support/emulator/story.js';
import type { Files } from '../support/workspace.js';

/**
 * The life of one repository, event after event: each test goes on where the one before has ended, and asks for all that
 * has become different in the registry and in the manifests of main, and for nothing else.
 */
let shop: Shop;
let story: Story;
/** A commit to go back to. */
let licensed = '';

beforeAll(async () => {
  // Its own images in a registry that other tests use, too.
  shop = await openShop(`runs-${process.pid}`);
  story = createStory(shop);
});
afterAll(() => shop.github.close());

/** Runs the workflow for an event. Throws with everything that was printed if other jobs ran, or ended otherwise. */
async function run(event: WorkflowEvent, jobs: string, options: RunOptions = {}): Promise<RunReport> {
  story.addCommit(event.sha);
  const report = await runWorkflow(shop.github, event, options);
  expectJobs(report, jobs);
  return report;
}

function expectJobs(report: RunReport, jobs: string): void {
  const found = Object.entries(report.jobs)
    .filter(([, { result }]) => result !== 'skipped')
    .map(([id, { result, instances }]) => {
      const rows = instances.map(({ name, result: each }) => {
        const [, row] = /^(?:build|check) (.+)$/.exec(name) ?? [];
        return row && `${row}${each === 'success' ? '' : `: ${each}`}`;
      });
      const list = rows.filter(Boolean).join(', ');
      return list ? `${id} (${list})` : `${id}${result === 'success' ? '' : `: ${result}`}`;
    })
    .join(', ');
  if (found !== jobs) throw new Error(`expected ${jobs}\nfound    ${found}\n\n${report.log}`);
}

async function push(files: Files, jobs: string, options?: RunOptions): Promise<RunReport> {
  return run(await shop.developer.push(files), jobs, options);
}

const all = 'plan, build_0 (alone, base), build_1 (app), publish, references, images';
const broken = 'FROM scratch\nCOPY nothing /\n';
const onlyNames = 'plan, publish, references, images';

it('publishes everything with the first push', async () => {
  await push(shop.files, all);
  expect(await story.changes()).toEqual([
    'alone: D1 gets inputs latest main main-C1 sha-C1',
    'app: D2 gets inputs latest main main-C1 sha-C1',
    'base: D3 gets inputs latest main main-C1 sha-C1',
    'k8s/alone: main-C1@D1',
    'k8s/app: main-C1@D2',
  ]);
  const signed = shop.github.attestations.map(({ name }) => name.split('/').at(-1));
  expect(signed.sort()).toEqual(shopImages);
});

it('builds nothing for a change that no image reads, and names the commit', async () => {
  await push({ 'README.md': 'shop' }, onlyNames);
  expect(await story.changes()).toEqual([
    'alone: D1 gets main-C3 sha-C3',
    'app: D2 gets main-C3 sha-C3',
    'base: D3 gets main-C3 sha-C3',
  ]);
});

it('builds what reads a shared file, and what is built from that', async () => {
  const event = await shop.developer.push({ 'shared/license': 'license 2' });
  licensed = event.sha;
  await run(event, all);
  expect(await story.changes()).toEqual([
    'alone: D4 gets inputs latest main main-C4 sha-C4',
    'app: D5 gets inputs latest main main-C4 sha-C4',
    'base: D6 gets inputs latest main main-C4 sha-C4',
    'k8s/alone: main-C4@D4',
    'k8s/app: main-C4@D5',
  ]);
});

describe('what is not merged yet', () => {
  afterEach(async () => expect(await story.changes()).toEqual([]));

  it('is built as a pull request, and not pushed', async () => {
    const event = await shop.developer.pullRequest({ 'app/app': 'app of a pull request' });
    const { log } = await run(event, 'plan, check (app), images');
    expect(log).not.toContain('docker/login-action');
  });

  it('is built out of a fork, with hostile names and a token that can only read', async () => {
    const event = await shop.developer.pullRequest(
      { 'alone/alone': 'alone of a fork', 'alone/$(touch MARK) `touch MARK`;\n.txt': '' },
      { fork: true, branch: "x'$(touch${IFS}MARK)" },
    );
    const { log } = await run(event, 'plan, check (alone), images');
    expect(log).not.toContain('docker/login-action');
  });

  it('is built with its base in a merge queue', async () => {
    const event = await shop.developer.mergeGroup({ 'base/version': 'of the queue' });
    await run(event, 'plan, check (app, base), images');
  });

  it('fails the gate if an image is broken', async () => {
    const event = await shop.developer.pullRequest({ 'alone/Dockerfile': broken });
    await run(event, 'plan, check (alone: failure), images: failure');
  });
});

it('names nothing while one image is broken, and heals with a later push', async () => {
  const files = { 'alone/Dockerfile': broken, 'app/app': 'app 2' };
  await push(files, 'plan, build_0 (alone: failure, app), images: failure');
  expect(await story.changes()).toEqual([]);
  const healed = { 'alone/Dockerfile': 'FROM scratch\nCOPY alone/alone /alone\n' };
  await push(healed, 'plan, build_0 (alone, app), publish, references, images');
  expect(await story.changes()).toEqual([
    'alone: D7 gets inputs latest main main-C11 sha-C11',
    'app: D8 gets inputs latest main main-C11 sha-C11',
    'base: D6 gets main-C11 sha-C11',
    'k8s/alone: main-C11@D7',
    'k8s/app: main-C11@D8',
  ]);
});

it('gives a release its names without a build', async () => {
  await run(await shop.developer.tag('v1.2.3'), 'plan, publish, images');
  expect(await story.changes()).toEqual([
    'alone: D7 gets 1 1.2 1.2.3 sha-C12',
    'app: D8 gets 1 1.2 1.2.3 sha-C12',
    'base: D6 gets 1 1.2 1.2.3 sha-C12',
  ]);
});

it('builds what somebody asks for by hand', async () => {
  const event = await shop.developer.dispatch({ images: 'alone', force: true });
  await run(event, 'plan, build_0 (alone), publish, references, images');
  expect(await story.changes()).toEqual([
    'alone: D9 gets inputs latest main main-C12 sha-C12',
    'app: D8 gets main-C12',
    'base: D6 gets main-C12',
    'k8s/alone: main-C12@D9',
  ]);
});

it('refuses a project that is not there', async () => {
  const event = await shop.developer.dispatch({ images: '$(touch MARK)', force: false });
  const { log } = await run(event, 'plan: failure, images: failure');
  expect(log).toContain('NAME_UNKNOWN');
  expect(await story.changes()).toEqual([]);
});

it('goes back with a force push, and builds nothing', async () => {
  await run(await shop.developer.forcePush(licensed), onlyNames);
  expect(await story.changes()).toEqual([
    'alone: D4 gets latest main',
    'app: D5 gets latest main',
    'k8s/alone: main-C4@D4',
    'k8s/app: main-C4@D5',
  ]);
});

describe('of two pushes at the same time', () => {
  it('the older one publishes first', async () => {
    await race('older');
    expect(await story.changes()).toEqual([
      'alone: D10 gets inputs main-C15 sha-C15',
      'alone: D11 gets inputs latest main main-C16 sha-C16',
      'app: D5 gets main-C15 main-C16 sha-C15 sha-C16',
      'base: D6 gets main-C15 main-C16 sha-C15 sha-C16',
      'k8s/alone: main-C16@D11',
    ]);
  });

  it('the newer one publishes first, and keeps the names and the manifests', async () => {
    await race('newer');
    expect(await story.changes()).toEqual([
      'alone: D12 gets inputs main-C18 sha-C18',
      'alone: D13 gets inputs latest main main-C19 sha-C19',
      'app: D5 gets main-C18 main-C19 sha-C18 sha-C19',
      'base: D6 gets main-C18 main-C19 sha-C18 sha-C19',
      'k8s/alone: main-C19@D13',
    ]);
  });

  /** Builds both side by side; one waits before it publishes until all of the other is over. */
  async function race(first: 'older' | 'newer'): Promise<void> {
    const older = await shop.developer.push({ 'alone/alone': `older, ${first} first` });
    const newer = await shop.developer.push({ 'alone/alone': `newer, ${first} first` });
    for (const { sha } of [older, newer]) story.addCommit(sha);
    const [one, other] = first === 'older' ? [older, newer] : [newer, older];
    const jobs = 'plan, build_0 (alone), publish, references, images';
    const isOver = run(one, jobs);
    const before = (job: string) => (job === 'publish' ? isOver.then(() => undefined) : undefined);
    await Promise.all([isOver, run(other, jobs, { before })]);
  }
});
