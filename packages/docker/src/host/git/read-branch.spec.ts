import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commit, git, temporaryRepository } from '../../../testing/temporary-repository.js';
import { readBranch, tokenSettings } from './read-branch.js';

const origin = temporaryRepository({});
const older = git(origin, 'rev-parse', 'HEAD');
const newer = commit(origin, { file: '' });

function clone(): string {
  const folder = mkdtempSync(join(tmpdir(), 'moltbook-docker-spec-'));
  git(folder, 'clone', '--quiet', origin, '.');
  // As actions/checkout leaves it in a run for the older commit.
  git(folder, 'update-ref', 'refs/remotes/origin/main', older);
  return folder;
}

it('asks origin, and not the clone', async () => {
  expect(await readBranch(clone(), 'main', older)).toEqual({ name: 'main', holdsHead: true, newer: [newer] });
});

it('asks for many images at once', async () => {
  const folder = clone();
  const answers = await Promise.all(Array.from({ length: 30 }, () => readBranch(folder, 'main', older)));
  expect(answers.filter(({ newer: [first] }) => first !== newer)).toEqual([]);
});

it('knows a branch that is gone', async () => {
  expect(await readBranch(clone(), 'gone', older)).toEqual({ name: 'gone', holdsHead: false, newer: [] });
});

it('takes nothing for known where origin does not answer', async () => {
  const folder = clone();
  git(folder, 'remote', 'set-url', 'origin', join(folder, 'nothing'));
  await expect(readBranch(folder, 'main', older)).rejects.toThrow(
    /origin could not be asked where main stands: .*GIT_FAILED.*\n {2}Fix: give this step the token/s,
  );
});

it('takes the branch of a repository without origin', async () => {
  expect(await readBranch(origin, 'main', older)).toMatchObject({ holdsHead: true, newer: [newer] });
});

it('hands the token of a job to git, after the settings that are there', () => {
  const env = { GITHUB_TOKEN: 'hush', GITHUB_SERVER_URL: 'https://github.com', GIT_CONFIG_COUNT: '1' };
  expect(tokenSettings(env)).toEqual({
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_1: 'http.https://github.com/.extraheader',
    GIT_CONFIG_VALUE_1: `AUTHORIZATION: basic ${Buffer.from('x-access-token:hush').toString('base64')}`,
    GIT_TERMINAL_PROMPT: '0',
  });
  expect(tokenSettings({})).toEqual({});
});
