import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryWorkspace } from '../../testing/temporary-workspace.js';
import { readCiFacts } from './ci-facts.js';

it('reads the event file of GitHub', () => {
  const path = join(temporaryWorkspace({ 'event.json': '{"before":"abc"}' }), 'event.json');
  const env = { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_PATH: path };
  expect(readCiFacts(env)).toMatchObject({
    provider: 'github',
    event: { event: 'push', base: { revisions: ['abc'] } },
  });
  writeFileSync(path, '{"before":');
  expect(readCiFacts(env).event).toMatchObject({ event: 'push', base: { revisions: [''] } });
});

it('reads the variables of GitLab', () => {
  expect(readCiFacts({ GITLAB_CI: 'true', CI_COMMIT_TAG: 'v1' })).toMatchObject({
    provider: 'gitlab',
    event: { event: 'tag' },
  });
});

it('knows no event outside of a CI, unless it is told which one it is', () => {
  expect(readCiFacts({})).toEqual({ provider: null });
  expect(readCiFacts({ CI_PIPELINE_SOURCE: 'schedule' }, 'gitlab').event?.event).toBe('schedule');
});
