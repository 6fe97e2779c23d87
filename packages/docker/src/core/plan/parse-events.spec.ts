import { parseGitHubEvent } from './parse-github-event.js';
import { parseGitLabEvent } from './parse-gitlab-event.js';

const a = 'a'.repeat(40);
const b = 'b'.repeat(40);
const main = 'refs/heads/main';

describe('parseGitHubEvent', () => {
  it.each<[string, string, string, unknown, object]>([
    ['a push', 'push', main, { before: a }, { event: 'push', base: { revisions: [a], how: 'exact' } }],
    ['a deleted branch', 'push', main, { before: a, deleted: true }, { event: 'push', isDeletion: true }],
    ['a tag', 'push', 'refs/tags/v1', { before: '0' }, { event: 'tag', base: 'a tag has no base' }],
    [
      'a pull request',
      'pull_request',
      'refs/pull/1/merge',
      { pull_request: { base: { sha: a }, head: { sha: b } } },
      { event: 'pull-request', base: { revisions: [a], how: 'merge-base', mergedTip: b } },
    ],
    [
      'a pull request that runs with rights',
      'pull_request_target',
      main,
      { pull_request: { base: { sha: a } } },
      { event: 'pull-request' },
    ],
    [
      'a merge group',
      'merge_group',
      main,
      { merge_group: { base_sha: a } },
      { event: 'merge-group', base: { revisions: [a], how: 'exact' } },
    ],
    [
      'a run by hand',
      'workflow_dispatch',
      main,
      { inputs: { images: 'api, web', force: 'true' } },
      { event: 'dispatch', images: 'api, web', force: true },
    ],
    [
      'a run by hand without inputs',
      'workflow_dispatch',
      main,
      { inputs: null },
      { images: '', force: false },
    ],
    ['a schedule', 'schedule', main, {}, { event: 'schedule' }],
    [
      'an event that nobody knows',
      'issue_comment',
      main,
      {},
      { event: 'local', base: 'the event issue_comment has no base' },
    ],
    ['no event file', 'push', main, undefined, { event: 'push', base: { revisions: [''] } }],
    ['values of the wrong type', 'push', main, { before: { toString: 1 } }, { base: { revisions: [''] } }],
  ])('%s', (_, name, ref, payload, expected) =>
    expect(parseGitHubEvent({ name, ref, payload })).toMatchObject(expected),
  );
});

describe('parseGitLabEvent', () => {
  it.each<[string, Record<string, string>, object]>([
    [
      'a push',
      { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BEFORE_SHA: a },
      { event: 'push', base: { revisions: [a], how: 'exact' } },
    ],
    ['a tag', { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_TAG: 'v1' }, { event: 'tag' }],
    [
      'a merge request',
      { CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_DIFF_BASE_SHA: a },
      { event: 'pull-request', base: { revisions: [a], how: 'merge-base', from: 'the merge request' } },
    ],
    [
      'a merge train',
      {
        CI_PIPELINE_SOURCE: 'merge_request_event',
        CI_MERGE_REQUEST_EVENT_TYPE: 'merge_train',
        CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: b,
      },
      { event: 'merge-group', base: { mergedTip: b } },
    ],
    ['a schedule', { CI_PIPELINE_SOURCE: 'schedule' }, { event: 'schedule' }],
    [
      'a pipeline by hand',
      { CI_PIPELINE_SOURCE: 'web', IMAGES: 'api', FORCE: 'true' },
      { event: 'dispatch', images: 'api', force: true },
    ],
  ])('%s', (_, variables, expected) => expect(parseGitLabEvent(variables)).toMatchObject(expected));
});
