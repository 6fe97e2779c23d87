import { unexpectedGroups, unexpectedJobs } from '../support/emulator/expected-jobs.js';
import { unexpectedGates } from '../support/emulator/gate-cases.js';
import { type Github, startGithub } from '../support/emulator/github.js';
import { type Layer, mutate, mutations } from '../support/emulator/mutations.js';
import { sampleWorkflow } from '../support/emulator/sample-workflow.js';
import { checkWorkflowPolicy } from '../support/workflow-checks/check-workflow-policy.js';

const workflow = sampleWorkflow();
let github: Github;

beforeAll(async () => {
  github = await startGithub({ registry: process.env.MOLTBOOK_REGISTRY ?? '', nodeModules: '' });
});
afterAll(() => github.close());

/** What each layer finds wrong with a workflow, one line each. */
const layers: Record<
  Exclude<Layer, 'run' | 'actionlint'>,
  (text: string) => readonly string[] | Promise<readonly string[]>
> = {
  policy: checkWorkflowPolicy,
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
