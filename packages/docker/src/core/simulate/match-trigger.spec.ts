import { makeEvent } from './make-event.js';
import { matchTrigger } from './match-trigger.js';
import { parseWorkflow } from './parse-workflow.js';

const facts = {
  repository: 'acme/shop',
  defaultBranch: 'main',
  head: 'a'.repeat(40),
  base: 'b'.repeat(40),
  changedFiles: ['api/main.js'],
};

it.each([
  ['push', 'push', true],
  ['push', '{ push: { branches: [main] } }', true],
  ['push', '{ push: { branches: [release/**] } }', false],
  ['push', '{ push: { tags: ["v*"] } }', false],
  ['push', '{ push: { paths: ["api/**"] } }', true],
  ['push', '{ push: { paths-ignore: ["api/**"] } }', false],
  ['push', 'pull_request', false],
  ['tag', '{ push: { tags: ["v*"] } }', true],
  ['tag', '{ push: { branches: [main] } }', false],
  ['tag', '{ push: { tags: ["v*"], paths: [web/**] } }', true],
  ['pull-request', 'pull_request', true],
  ['pull-request', '{ pull_request: { branches: [main] } }', true],
  ['pull-request', '{ pull_request: { branches: [change] } }', false],
  ['pull-request', '{ pull_request: { types: [opened] } }', false],
  ['pull-request', '{ pull_request: { types: [opened, synchronize] } }', true],
  ['merge-group', 'merge_group', true],
  ['dispatch', 'workflow_dispatch', true],
  ['dispatch', 'push', false],
] as const)('%s with on: %s', (kind, on, runs) => {
  const workflow = parseWorkflow(`on: ${on}\njobs: { a: { steps: [] } }`, 'ci.yml');
  expect(matchTrigger(workflow, makeEvent({ ...facts, kind })).runs).toBe(runs);
});
