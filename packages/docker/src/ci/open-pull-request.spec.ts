import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPullRequest } from './open-pull-request.js';

// gh knows neither host, so that it opens nothing, whoever runs this.
it.each([
  [
    'https://me:secret@git.invalid/acme/shop.git',
    'docker-references is pushed: open a pull request at https://git.invalid/acme/shop/compare/release%2F1...docker-references',
  ],
  ['../origin.git', 'docker-references is pushed: open a pull request to release/1'],
])('says for %s where a person can open a request', async (remote, line) => {
  const root = mkdtempSync(join(tmpdir(), 'open-pull-request-'));
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  execFileSync('git', ['remote', 'add', 'origin', remote], { cwd: root });
  expect(await openPullRequest(root, { branch: 'release/1', from: 'docker-references' })).toBe(line);
});
