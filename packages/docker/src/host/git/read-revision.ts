import { readGit } from './run-git.js';

export interface Revision {
  /** 40 hexadecimal digits. */
  readonly sha: string;
  /** When it was committed, ISO 8601. */
  readonly date: string;
  /** The URL of the remote `origin`, as git has it. */
  readonly remote?: string;
}

/** The commit that is checked out; `undefined` where there is none, or where tracked files differ from it. */
export async function readRevision(root: string): Promise<Revision | undefined> {
  const [log, status, remote] = await Promise.all([
    readGit(root, ['log', '-1', '--format=%H %cI']),
    readGit(root, ['status', '--porcelain', '--untracked-files=no']),
    readGit(root, ['remote', 'get-url', 'origin']),
  ]);
  const [sha = '', date = ''] = log.stdout.toString('utf8').trim().split(' ');
  if (log.exitCode !== 0 || status.exitCode !== 0 || status.stdout.length > 0) return undefined;
  return { sha, date, ...(remote.exitCode === 0 && { remote: remote.stdout.toString('utf8').trim() }) };
}
