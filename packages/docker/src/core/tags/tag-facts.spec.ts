import type { CiVariables } from './facts.js';
import { tagFacts } from './tag-facts.js';

const sha = '0123456789abcdef0123456789abcdef01234567';
const head = '89abcdef0123456789abcdef0123456789abcdef';
const github = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SHA: sha,
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_SERVER_URL: 'https://github.example.com',
};
const gitlab = {
  GITLAB_CI: 'true',
  CI_COMMIT_SHA: sha,
  CI_DEFAULT_BRANCH: 'trunk',
  CI_COMMIT_TIMESTAMP: '2026-03-01T10:00:00+00:00',
  CI_PROJECT_NAME: 'shop',
  CI_PROJECT_DESCRIPTION: 'Sells things',
  CI_PROJECT_URL: 'https://gitlab.example.com/acme/shop',
};

describe('on GitHub', () => {
  it('reads a push', () => {
    const payload = {
      repository: {
        name: 'shop',
        description: 'Sells things',
        html_url: 'https://github.example.com/acme/shop',
        license: { spdx_id: 'MIT' },
        default_branch: 'trunk',
      },
      head_commit: { id: sha, timestamp: '2026-03-01T10:00:00Z' },
    };
    const env = { ...github, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/trunk' };
    expect(tagFacts({ env, payload })).toEqual({
      event: 'push',
      ref: 'refs/heads/trunk',
      sha,
      defaultBranch: 'trunk',
      commitDate: '2026-03-01T10:00:00Z',
      repository: {
        name: 'shop',
        description: 'Sells things',
        url: 'https://github.example.com/acme/shop',
        license: 'MIT',
      },
    });
  });

  it.each([undefined, null, 'text', [], { repository: null, head_commit: [] }])(
    'does with variables alone where the event says %j',
    (payload) => {
      const env = { ...github, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/x' };
      expect(tagFacts({ env, payload, git: { defaultBranch: 'main' } })).toMatchObject({
        ref: 'refs/heads/x',
        defaultBranch: 'main',
        repository: { name: 'shop', url: 'https://github.example.com/acme/shop' },
      });
    },
  );

  it.each<[string, CiVariables, object]>([
    ['pull_request', {}, { ref: 'refs/pull/7/merge', sha, baseRef: 'main' }],
    ['pull_request_target', {}, { ref: 'refs/pull/7/merge', sha, baseRef: 'main' }],
    ['pull_request', { DOCKER_METADATA_PR_HEAD_SHA: 'true' }, { sha: head }],
  ])('reads %s with %j', (event, env, expected) => {
    const ref = event === 'pull_request' ? 'refs/pull/7/merge' : 'refs/heads/main';
    const payload = { number: 7, pull_request: { base: { ref: 'main' }, head: { sha: head } } };
    expect(
      tagFacts({ env: { ...github, GITHUB_EVENT_NAME: event, GITHUB_REF: ref, ...env }, payload }),
    ).toMatchObject(expected);
  });

  it('knows the branch that a git tag was pushed from only where the event has it', () => {
    const env = { ...github, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/tags/v1' };
    expect(tagFacts({ env, payload: { base_ref: 'refs/heads/main' } }).baseRef).toBe('main');
    expect(tagFacts({ env, payload: { base_ref: null } })).not.toHaveProperty('baseRef');
  });

  it('prefers the date that git has', () => {
    const env = { ...github, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/x' };
    const payload = { head_commit: { id: sha, timestamp: '2026-03-01T10:00:00Z' } };
    expect(tagFacts({ env, payload, git: { commitDate: '2026-02-01T10:00:00Z' } }).commitDate).toBe(
      '2026-02-01T10:00:00Z',
    );
  });
});

describe('on GitLab', () => {
  it.each<[string, CiVariables, object]>([
    ['a push', { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'x' }, { event: 'push', ref: 'refs/heads/x' }],
    ['a tag', { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_TAG: 'v1' }, { event: 'push', ref: 'refs/tags/v1' }],
    [
      'a merge request',
      {
        CI_PIPELINE_SOURCE: 'merge_request_event',
        CI_MERGE_REQUEST_IID: '9',
        CI_COMMIT_REF_NAME: 'x',
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'trunk',
      },
      { event: 'pull_request', ref: 'refs/pull/9/merge', baseRef: 'trunk' },
    ],
    [
      'a schedule',
      { CI_PIPELINE_SOURCE: 'schedule', CI_COMMIT_BRANCH: 'trunk' },
      { event: 'schedule', ref: 'refs/heads/trunk' },
    ],
    ['a child pipeline', { CI_PIPELINE_SOURCE: 'parent_pipeline', CI_COMMIT_BRANCH: 'x' }, { event: 'push' }],
  ])('reads %s', (_, env, expected) => {
    expect(tagFacts({ env: { ...gitlab, ...env } })).toMatchObject({
      sha,
      defaultBranch: 'trunk',
      commitDate: '2026-03-01T10:00:00+00:00',
      repository: { name: 'shop', description: 'Sells things', url: 'https://gitlab.example.com/acme/shop' },
      ...expected,
    });
  });
});

describe('with git alone', () => {
  it.each([
    ['git@github.com:acme/shop.git', 'https://github.com/acme/shop'],
    ['https://user:secret@github.com/acme/shop.git', 'https://github.com/acme/shop'],
    ['https://example.com:8443/acme/shop/', 'https://example.com:8443/acme/shop'],
    ['ssh://git@example.com:2222/acme/shop.git', 'https://example.com/acme/shop'],
    ['/srv/git/shop.git', ''],
    ['C:\\git\\shop', ''],
    ['file:///srv/git/shop.git', ''],
  ])('shows the repository of %s as %s', (remoteUrl, url) => {
    expect(tagFacts({ env: {}, git: { sha, branch: 'x', remoteUrl } }).repository?.url).toBe(url);
  });

  it('takes the branch, else the git tag, else nothing', () => {
    expect(tagFacts({ env: {}, git: { sha, branch: 'x', tag: 'v1' } }).ref).toBe('refs/heads/x');
    expect(tagFacts({ env: {}, git: { sha, tag: 'v1' } }).ref).toBe('refs/tags/v1');
    expect(tagFacts({ env: {} })).toMatchObject({ event: '', ref: '', sha: '', defaultBranch: '' });
  });

  it('keeps the branches, for collisions', () => {
    expect(tagFacts({ env: gitlab, git: { branches: ['a', 'b'] } }).branches).toEqual(['a', 'b']);
  });
});
