import { unexpectedGroups, unexpectedJobs } from '../support/emulator/expected-jobs.js';
import { unexpectedGates } from '../support/emulator/gate-cases.js';
import { type Github, startGithub } from '../support/emulator/github.js';
import { type Layer, mutate, mutations } from '../support/emulator/mutations.js';
import { sampleWorkflow } from '../support/emulator/sample-workflow.js';
import { openShop, type Shop } from '../support/emulator/shop.js';
import { unexpectedRun } from '../support/emulator/unexpected-run.js';
import { actionlint } from '../support/workflow-checks/actionlint.js';
import { checkWorkflowPolicy } from '../support/workflow-checks/check-workflow-policy.js';
import { languageService } from '../support/workflow-checks/language-service.js';

const workflow = sampleWorkflow();
let github: Github;

beforeAll(async () => {
  github = await startGithub({ registry: process.env.MOLTBOOK_REGISTRY ?? '', nodeModules: '' });
});
afterAll(() => github.close());

/** What each layer finds wrong with a workflow, one line each. */
const layers: Record<
  Exclude<Layer, 'run'>,
  (text: string) => readonly string[] | Promise<readonly string[]>
> = {
  policy: checkWorkflowPolicy,
  actionlint,
  languageService,
  jobs: unexpectedJobs,
  groups: unexpectedGroups,
  gate: (text) => unexpectedGates(github, text),
};

it.each(Object.entries(layers))(
  'the layer %s finds nothing wrong with the generated workflow',
  async (_, find) => {
    expect(await find(workflow)).toEqual([]);
  },
);

describe.each(mutations)('$title', (mutation) => {
  const noticed = Object.entries(mutation.noticedBy).filter(([layer]) => Object.hasOwn(layers, layer));
  if (noticed.length > 0)
    it.each(noticed)('is noticed by %s', async (layer, as) => {
      const found = await layers[layer as keyof typeof layers](mutate(workflow, mutation));
      expect(found.filter((line) => as.test(line))).not.toEqual([]);
    });
});

describe('a real run', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(`mutations-${process.pid}`, workflow);
    await shop.developer.push(shop.files);
  });
  afterAll(() => shop.github.close());

  it('finds nothing wrong with the generated workflow', async () => {
    expect(await unexpectedRun(shop, workflow, 'push-image')).toEqual([]);
    expect(await unexpectedRun(shop, workflow, 'pull-request')).toEqual([]);
  });

  it.each(mutations.filter(({ noticedBy }) => noticedBy.run))('notices: $title', async (mutation) => {
    const found = await unexpectedRun(shop, mutate(workflow, mutation), mutation.scenario);
    expect(found.join('\n')).toMatch(mutation.noticedBy.run ?? /^$/);
  });
});
