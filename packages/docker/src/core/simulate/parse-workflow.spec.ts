import { parseWorkflow } from './parse-workflow.js';

it('reads triggers, jobs and steps, and keeps expressions as they are', () => {
  const text = `name: docker
on: { push: { branches: [main] }, pull_request: }
jobs:
  plan:
    outputs: { total: '\${{ steps.plan.outputs.total }}' }
    steps:
      - { id: plan, run: "echo hello" }
  build:
    needs: plan
    strategy: { matrix: { include: '\${{ fromJSON(needs.plan.outputs.wave_0) }}' }, fail-fast: false }
    steps: [{ uses: actions/checkout@v7, with: { fetch-depth: 0 } }]
`;
  const workflow = parseWorkflow(text, 'docker.yml');
  expect(workflow.triggers).toEqual({ push: { branches: ['main'] }, pull_request: null });
  expect(workflow.jobs).toMatchObject([
    { id: 'plan', line: 4, needs: [], outputs: { total: '${{ steps.plan.outputs.total }}' } },
    { id: 'build', line: 8, needs: ['plan'], failFast: false, steps: [{ with: { 'fetch-depth': 0 } }] },
  ]);
});

it.each([
  ['on: push', { push: null }],
  ['on: [push, pull_request]', { push: null, pull_request: null }],
])('reads %s', (on, triggers) => {
  expect(parseWorkflow(`${on}\njobs: { a: { steps: [] } }`, 'ci.yml').triggers).toEqual(triggers);
});

it.each([
  ['jobs: [', 'ci.yml:1:8: the YAML cannot be read'],
  ['- a', 'ci.yml:1:1: the file holds no workflow'],
  ['on: push\njobs: {}', 'ci.yml:1:1: the workflow has no jobs'],
  ['jobs:\n  a:\n', 'ci.yml:2:3: the job a has no content'],
  ['jobs:\n  a: { needs: [b] }', 'ci.yml:2:3: the job a needs b, which is no job'],
  ['jobs:\n  a: { needs: b }\n  b: { needs: a }', 'ci.yml:2:3: the job a needs itself'],
])('refuses %j at its place', (text, message) =>
  expect(() => parseWorkflow(text, 'ci.yml')).toThrow(message),
);
