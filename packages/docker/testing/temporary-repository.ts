import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryWorkspace } from './temporary-workspace.js';

/** Runs git as a fixed author and returns what it printed. */
export function git(root: string, ...args: string[]): string {
  const settings = ['user.name=Test', 'user.email=test@example.com', 'commit.gpgsign=false'];
  const given = settings.flatMap((setting) => ['-c', setting]);
  return execFileSync('git', [...given, ...args], { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** Makes a workspace that is a repository with one commit on `main`. */
export function temporaryRepository(files: Readonly<Record<string, string>>): string {
  const root = temporaryWorkspace(files);
  git(root, 'init', '--quiet', '--initial-branch=main');
  commit(root);
  return root;
}

/** Writes files, deletes those whose text is `null`, commits all and returns the id of the commit. */
export function commit(root: string, files: Readonly<Record<string, string | null>> = {}): string {
  for (const [path, text] of Object.entries(files)) {
    if (text === null) rmSync(join(root, path));
    else {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--allow-empty', '--message=Change');
  return git(root, 'rev-parse', 'HEAD');
}
