import {
  type GithubWorkflow,
  type GitlabRule,
  type GitlabWorkflow,
  type WorkflowChange,
  wouldBuild,
} from './filtered-workflow.js';

function onPush(files: readonly string[] | undefined, more: Partial<WorkflowChange> = {}): WorkflowChange {
  return { event: 'push', branch: 'main', files, ...more };
}

const github: GithubWorkflow = {
  file: '.github/workflows/api.yml',
  provider: 'github',
  triggers: [
    { event: 'push', branches: ['main'], paths: ['api/**'] },
    { event: 'pull_request_target', paths: ['api/**', 'libs/**'] },
  ],
  conditions: [],
  filterSteps: [],
};

it.each<[WorkflowChange, boolean, string]>([
  [onPush(['api/a']), true, 'api/a matches api/**'],
  [onPush(['libs/a']), false, 'no changed file matches its paths'],
  [onPush(['api/a'], { branch: 'next' }), false, 'it does not run for "next"'],
  [onPush(['api/a'], { tag: 'v1' }), false, 'it is for branches only, and a tag was pushed'],
  [onPush(['libs/a'], { event: 'pull_request' }), true, 'libs/a matches libs/**'],
  [onPush(['libs/a'], { event: 'schedule' }), false, 'it does not run for schedule'],
])('GitHub, %j: %j, %s', (change, runs, because) =>
  expect(wouldBuild(github, change)).toEqual({ runs, because }),
);

const dorny: GithubWorkflow = {
  ...github,
  triggers: [{ event: 'push' }, { event: 'workflow_dispatch' }],
  conditions: ["needs.changes.outputs.api == 'true' || github.event_name == 'workflow_dispatch'"],
  filterSteps: [
    {
      filters: ['api', 'web'].map((name) => ({
        name,
        quantifier: 'some',
        rules: [{ pattern: `${name}/**` }],
      })),
      outputs: {
        'needs.changes.outputs.api': 'api',
        'needs.changes.outputs.web': 'web',
        'needs.changes.outputs.changes': 'changes',
      },
    },
  ],
};

it.each<[WorkflowChange, boolean, string]>([
  [onPush(['api/a']), true, 'api/a matches the filter api'],
  [onPush(['web/a']), false, 'no changed file matches the filter api'],
  [onPush(['web/a'], { event: 'workflow_dispatch' }), true, ''],
  [onPush(undefined), true, 'it has no path filter'],
])('dorny/paths-filter, %j: %j, %s', (change, runs, because) => {
  const decision = wouldBuild(dorny, change);
  expect(decision.runs).toBe(runs);
  expect(decision.because).toContain(because);
});

it('reads the list of all filters that match', () => {
  const conditions = ["contains(fromJSON(needs.changes.outputs.changes), 'api')"];
  expect(wouldBuild({ ...dorny, conditions }, onPush(['api/a'])).runs).toBe(true);
  expect(wouldBuild({ ...dorny, conditions }, onPush(['web/a'])).runs).toBe(false);
});

it('takes what it cannot know to hold', () => {
  expect(wouldBuild({ ...dorny, conditions: ["vars.BUILD == 'yes'"] }, onPush(['x'])).runs).toBe(true);
});

function gitlab(rules: readonly GitlabRule[], workflowRules: readonly GitlabRule[] = []): GitlabWorkflow {
  return { file: '.gitlab-ci.yml', provider: 'gitlab', job: 'api', rules, workflowRules };
}

const onMain = { if: '$CI_COMMIT_BRANCH == "main"' };

it.each<[string, GitlabWorkflow, WorkflowChange, boolean, string]>([
  [
    'a match',
    gitlab([{ ...onMain, changes: ['api/**/*'] }]),
    onPush(['api/a/b']),
    true,
    'api/a/b matches api/**/*',
  ],
  [
    'one level only',
    gitlab([{ changes: ['api/**'] }]),
    onPush(['api/a/b']),
    false,
    'no changed file matches its changes',
  ],
  [
    'a new branch',
    gitlab([{ changes: ['api/*'] }]),
    onPush(['web/a'], { isNewBranch: true }),
    true,
    'changes is always true for a new branch',
  ],
  [
    'a tag',
    gitlab([{ changes: ['api/*'] }]),
    onPush(['web/a'], { tag: 'v1' }),
    true,
    'changes is always true for a tag',
  ],
  [
    'a schedule',
    gitlab([{ changes: ['api/*'] }]),
    onPush([], { event: 'schedule' }),
    true,
    'changes is always true for a schedule',
  ],
  [
    'another branch',
    gitlab([onMain]),
    onPush([], { branch: 'x' }),
    false,
    'its condition does not hold: $CI_COMMIT_BRANCH == "main"',
  ],
  [
    'a rule that excludes',
    gitlab([{ ...onMain, when: 'never' }, {}]),
    onPush([]),
    false,
    'a rule excludes it: $CI_COMMIT_BRANCH == "main"',
  ],
  [
    'no rules, a merge request',
    gitlab([]),
    onPush([], { event: 'pull_request' }),
    false,
    'it is only for branches, tags',
  ],
  ['no rules, a push', gitlab([]), onPush([]), true, 'it has no path filter'],
  [
    'no pipeline',
    gitlab([], [{ if: '$CI_COMMIT_TAG' }]),
    onPush([]),
    false,
    'no pipeline starts: its condition does not hold: $CI_COMMIT_TAG',
  ],
  [
    'a name as ref',
    gitlab([{ refs: ['/^rel-/'] }]),
    onPush([], { branch: 'rel-1' }),
    true,
    'it has no path filter',
  ],
])('GitLab, %s', (_, workflow, change, runs, because) =>
  expect(wouldBuild(workflow, change)).toEqual({ runs, because }),
);
