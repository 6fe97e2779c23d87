import type { WorkflowEvent } from '../../packages/docker/src/core/simulate/workflow-event.js';
import { createNames, registryState } from '../support/emulator/registry-state.js';
import { type RunOptions, type RunReport, runWorkflow } from '../support/emulator/run-workflow.js';
import { openShop, type Shop, shopImages } from '../support/emulator/shop.js';
import type { Files } from '../support/workspace.js';

/**
 * The life of one repository, event after event: each test goes on where the one before has ended. Commits are called
 * C1, C2 …, digests D1, D2 …, in the order in which they come up.
 */
let shop: Shop;
/** Its own in a registry that other tests use, too. */
const owner = `runs-${process.pid}`;
const names = createNames();
/** A commit to go back to. */
let licensed = '';

beforeAll(async () => {
  shop = await openShop(owner);
});
afterAll(() => shop.github.close());

/** Runs the workflow for an event. Throws with everything that was printed if other jobs ran, or ended otherwise. */
async function run(event: WorkflowEvent, jobs: string, options: RunOptions = {}): Promise<RunReport> {
  names.addCommit(event.sha);
  const report = await runWorkflow(shop.github, event, options);
  expectJobs(report, jobs);
  // What the job references has pushed, if anything.
  names.addCommit(await shop.developer.tip());
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

/** All tags of all images, and the images in the manifests of main, with short names. */
async function state(): Promise<string[]> {
  const repositories = shopImages.map((name) => `${owner}/${name}`);
  const images = await registryState(process.env.MOLTBOOK_REGISTRY ?? '', repositories);
  const manifests = await Promise.all(
    ['alone', 'app'].map(async (name) => {
      const text = await shop.developer.read(`k8s/${name}.yml`);
      return `k8s/${name}: ${/image: \S+\/(\S+)/.exec(text)?.[1]}`;
    }),
  );
  return [...images, ...manifests].map(names.shorten);
}

async function push(files: Files, jobs: string, options?: RunOptions): Promise<RunReport> {
  return run(await shop.developer.push(files), jobs, options);
}

const all = 'plan, build_0 (alone, base), build_1 (app), publish, references, images';
const onlyNames = 'plan, publish, references, images';

it('publishes everything with the first push', async () => {
  await push(shop.files, all);
  expect(await state()).toEqual([]);
  expect(shop.github.attestations.map(({ name }) => name.split('/').at(-1)).sort()).toEqual(shopImages);
});

it('builds nothing for a change that no image reads, and names the commit', async () => {
  await push({ 'README.md': 'shop' }, onlyNames);
  expect(await state()).toEqual([]);
});

it('builds what reads a shared file, and what is built from that', async () => {
  const event = await shop.developer.push({ 'shared/license': 'license 2' });
  licensed = event.sha;
  await run(event, all);
  expect(await state()).toEqual([]);
});

describe('a pull request', () => {
  let before: string[] = [];
  beforeAll(async () => {
    before = await state();
  });
  afterEach(async () => expect(await state()).toEqual(before));

  it('builds what it changes, and pushes nothing', async () => {
    const event = await shop.developer.pullRequest({ 'app/app': 'app of a pull request' });
    await run(event, 'plan, check (app), images');
  });

  it('works out of a fork, with hostile names and a token that can only read', async () => {
    const event = await shop.developer.pullRequest(
      { 'alone/alone': 'alone of a fork', 'alone/$(touch MARK) `touch MARK`;\n.txt': '' },
      { fork: true, branch: "x'$(touch${IFS}MARK)" },
    );
    const { log } = await run(event, 'plan, check (alone), images');
    expect(log).not.toContain('docker/login-action');
  });

  it('builds bases before what starts from them in a merge queue', async () => {
    const event = await shop.developer.mergeGroup({ 'base/version': 'of the queue' });
    await run(event, 'plan, check (app, base), images');
  });

  it('fails its gate with a broken image', async () => {
    const event = await shop.developer.pullRequest({ 'alone/Dockerfile': 'FROM scratch\nCOPY nothing /\n' });
    await run(event, 'plan, check (alone: failure), images: failure');
  });
});

it('names nothing while one image is broken, and heals with a later push', async () => {
  const before = await state();
  const broken = { 'alone/Dockerfile': 'FROM scratch\nCOPY nothing /\n', 'app/app': 'app 2' };
  await push(broken, 'plan, build_0 (alone: failure, app), images: failure');
  expect(await state()).toEqual(before);
  await push(
    { 'alone/Dockerfile': 'FROM scratch\nCOPY alone/alone /alone\n' },
    'plan, build_0 (alone, app), publish, references, images',
  );
  expect(await state()).toEqual([]);
});

it('gives a release its names without a build', async () => {
  await run(await shop.developer.tag('v1.2.3'), 'plan, publish, images');
  expect(await state()).toEqual([]);
});

it('builds what somebody asks for by hand', async () => {
  const event = await shop.developer.dispatch({ images: 'alone', force: true });
  await run(event, 'plan, build_0 (alone), publish, references, images');
  expect(await state()).toEqual([]);
});

it('refuses a project that is not there', async () => {
  const event = await shop.developer.dispatch({ images: '$(touch MARK)', force: false });
  const { log } = await run(event, 'plan: failure, images: failure');
  expect(log).toContain('NAME_UNKNOWN');
});

it('goes back with a force push, and builds nothing', async () => {
  await run(await shop.developer.forcePush(licensed), onlyNames);
  expect(await state()).toEqual([]);
});

describe.each(['older', 'newer'])('of two pushes at the same time, with the %s one first', (first) => {
  it('leaves the names with the newer one', async () => {
    const older = await shop.developer.push({ 'alone/alone': `older, ${first} first` });
    const newer = await shop.developer.push({ 'alone/alone': `newer, ${first} first` });
    let release = () => undefined as unknown;
    const done = new Promise<void>((resolve) => {
      release = () => resolve();
    });
    const jobs = 'plan, build_0 (alone), publish, references, images';
    const late = { before: (job: string) => (job === 'publish' ? done : undefined) };
    const runs = [older, newer].map((event) => {
      const isLate = (event === older) === (first === 'newer');
      const running = run(event, jobs, isLate ? late : {});
      return isLate ? running : running.finally(release);
    });
    await Promise.all(runs);
    expect(await state()).toEqual([]);
  });
});
