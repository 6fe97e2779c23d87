import { makeEvent } from './make-event.js';
import { parseWorkflow } from './parse-workflow.js';
import { type SimulationOptions, simulateWorkflow } from './simulate-workflow.js';

const facts = { repository: 'acme/shop', defaultBranch: 'main', head: 'a'.repeat(40), base: null };
const push = makeEvent({ kind: 'push', ...facts });

const header = 'on: { push: { branches: [main] }, workflow_dispatch: }\npermissions: {}\n';

function simulate(jobs: string, options: Partial<SimulationOptions> = {}) {
  const workflow = parseWorkflow(`${header}jobs:\n${jobs}`, 'docker.yml');
  return simulateWorkflow({ workflow, event: push, ...options });
}

function states(...args: Parameters<typeof simulate>) {
  return Object.fromEntries(
    simulate(...args).jobs.map(({ id, state, because }) => [id, `${state}: ${because}`]),
  );
}

it('starts nothing for a branch that no filter names', () => {
  const { triggered, because, jobs } = simulate('  a: { steps: [] }', {
    event: { ...push, ref: 'refs/heads/feature' },
  });
  expect([triggered, jobs]).toEqual([false, []]);
  expect(because).toMatch(/feature/);
});

describe('a job after others', () => {
  it('runs after success', () => {
    expect(states('  a: { steps: [] }\n  b: { needs: a, steps: [] }')).toEqual({
      a: 'runs: it has no condition',
      b: 'runs: a succeeded',
    });
  });

  it('is skipped with the whole chain, even where its own need succeeded', () => {
    const jobs = `
  a: { if: false, steps: [] }
  b: { needs: a, if: always(), steps: [] }
  c: { needs: b, steps: [] }
  d: { needs: b, if: "!cancelled() && needs.b.result == 'success'", steps: [] }`;
    expect(states(jobs)).toEqual({
      a: 'skipped: `false` is false',
      b: 'runs: `always()` is true',
      c: 'skipped: a job before those it needs did not succeed',
      d: "runs: `!cancelled() && needs.b.result == 'success'` is true",
    });
  });

  it('is skipped after a failure, but for one that asks for it', () => {
    const jobs = `
  a: { steps: [] }
  b: { needs: a, steps: [] }
  c: { needs: [a, b], if: failure(), steps: [] }`;
    expect(states(jobs, { resultOf: (job) => (job === 'a' ? 'failure' : 'success') })).toEqual({
      a: 'runs: it has no condition',
      b: 'skipped: a failed',
      c: 'runs: `failure()` is true',
    });
  });

  it('reads outputs of those it needs, and of no others', () => {
    const jobs = `
  plan:
    outputs: { count: '\${{ steps.plan.outputs.count }}', wave: '\${{ steps.plan.outputs.wave }}' }
    steps: [{ id: plan, run: plan }]
  build:
    needs: plan
    if: needs.plan.outputs.count != '0'
    name: build \${{ matrix.id }}
    runs-on: \${{ matrix.runner }}
    strategy: { matrix: { include: '\${{ fromJSON(needs.plan.outputs.wave) }}' } }
    steps: [{ run: build }, { if: failure(), run: weep }]
  other: { needs: build, if: needs.plan.outputs.count == '2', steps: [] }`;
    const wave = '[{"id":"api","runner":"small"},{"id":"web","runner":"big"}]';
    const { jobs: simulated } = simulate(jobs, { outputsOf: () => ({ count: '2', wave }) });
    const build = simulated.find(({ id }) => id === 'build');
    expect(build?.instances.map(({ name, runner, row }) => [name, runner, row])).toEqual([
      ['build api', ['small'], { id: 'api', runner: 'small' }],
      ['build web', ['big'], { id: 'web', runner: 'big' }],
    ]);
    expect(build?.instances[0]?.steps.map(({ name, runs }) => [name, runs])).toEqual([
      ['build', true],
      ['weep', false],
    ]);
    expect(simulated.find(({ id }) => id === 'other')?.state).toBe('skipped');
  });

  it.each([
    ['an empty matrix', "include: '${{ fromJSON(needs.a.outputs.none) }}'", 'Matrix must define'],
    ['an output that is missing', "include: '${{ fromJSON(needs.a.outputs.nothing) }}'", 'empty input'],
    ['an unknown name', "id: ['${{ steps.a.outputs.b }}']", 'Unrecognized named-value'],
  ])('fails for %s', (_, matrix, because) => {
    const jobs = `
  a: { outputs: { none: '[]' }, steps: [] }
  b: { needs: a, strategy: { matrix: { ${matrix} } }, steps: [] }`;
    expect(states(jobs).b).toMatch(new RegExp(`^fails: .*${because}`));
  });
});

it('evaluates groups and inputs', () => {
  const workflow = parseWorkflow(
    `on: workflow_dispatch
concurrency: { group: 'run-\${{ github.run_id }}', cancel-in-progress: "\${{ github.event_name == 'push' }}" }
jobs: { a: { if: "inputs.force", concurrency: publish, steps: [] } }`,
    'docker.yml',
  );
  const event = { ...push, name: 'workflow_dispatch', payload: { inputs: { force: true } } };
  const { concurrency, jobs } = simulateWorkflow({ workflow, event });
  expect(concurrency).toEqual({ group: 'run-1', cancelInProgress: false });
  expect(jobs[0]?.instances[0]?.concurrency).toEqual({ group: 'publish', cancelInProgress: false });
});
