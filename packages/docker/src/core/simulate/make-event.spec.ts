import { makeEvent } from './make-event.js';

const [head, base, merge] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string];
const facts = { repository: 'acme/shop', defaultBranch: 'main', head, base } as const;

it.each([
  ['push', { ref: 'refs/heads/main', sha: head, payload: { before: base, after: head, created: false } }],
  ['tag', { name: 'push', ref: 'refs/tags/v1.0.0', payload: { before: '0'.repeat(40), created: true } }],
  ['dispatch', { name: 'workflow_dispatch', ref: 'refs/heads/main', payload: { inputs: {} } }],
  ['merge-group', { name: 'merge_group', payload: { merge_group: { head_sha: head, base_sha: base } } }],
  ['pull-request', { ref: 'refs/pull/1/merge', baseRef: 'main', headRef: 'change', fromFork: false }],
  [
    'fork',
    { name: 'pull_request', fromFork: true, payload: { pull_request: { head: { repo: { fork: true } } } } },
  ],
] as const)('makes the event of %s', (kind, event) =>
  expect(makeEvent({ ...facts, kind })).toMatchObject(event),
);

it('checks out what a pull request would be merged to', () => {
  const { sha, payload } = makeEvent({ ...facts, kind: 'pull-request', mergeCommit: merge });
  expect(sha).toBe(merge);
  expect(payload).toMatchObject({ pull_request: { head: { sha: head }, base: { sha: base } } });
});

it('has no commit before a first push', () => {
  expect(makeEvent({ ...facts, kind: 'push', base: null }).payload).toMatchObject({
    before: '0'.repeat(40),
    created: true,
  });
});
