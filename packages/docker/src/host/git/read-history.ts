import { modeOf, type TreeEntry } from './read-tree.js';
import { requireGit } from './run-git.js';

/** One commit of a branch, with what it changed against the one before. */
export interface HistoryCommit {
  readonly commit: string;
  /** When it was committed, seconds since 1970. */
  readonly time: number;
  readonly subject: string;
  readonly changes: readonly HistoryChange[];
}

export interface HistoryChange {
  readonly path: string;
  /** What is there now; `undefined` where the file was deleted. A rename is a deletion and an addition. */
  readonly entry: TreeEntry | undefined;
}

/**
 * Reads the commits that a branch pointed to, oldest first: of a merge only the merge itself, as if each had been
 * pushed alone. Nothing is checked out.
 *
 * @param range As git writes it: `v1.0.0..HEAD`.
 * @throws DockerPluginError GIT_FAILED where the clone does not have it.
 */
export async function readHistory(root: string, range: string): Promise<HistoryCommit[]> {
  const text = await requireGit(root, [
    'log',
    '-z',
    '--reverse',
    '--first-parent',
    '--diff-merges=first-parent',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    '--no-ext-diff',
    '--format=%x01%H%x00%ct%x00%s',
    '--end-of-options',
    range,
    '--',
  ]);
  return parseHistory(text.split('\0'));
}

/** https://git-scm.com/docs/git-diff#_raw_output_format: each change is followed by its path. */
function parseHistory(words: readonly string[]): HistoryCommit[] {
  const commits: (HistoryCommit & { changes: HistoryChange[] })[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = (words[at] ?? '').replace(/^\n/, '');
    if (word.startsWith('\x01')) {
      const [time = '', subject = ''] = words.slice(at + 1, at + 3);
      commits.push({ commit: word.slice(1), time: Number(time), subject, changes: [] });
      at += 2;
    } else if (word.startsWith(':')) {
      at++;
      commits.at(-1)?.changes.push(parseChange(word, words[at] ?? ''));
    }
  }
  return commits;
}

function parseChange(word: string, path: string): HistoryChange {
  const [, mode = '', , oid = '', status] = word.split(' ');
  return { path, entry: status === 'D' ? undefined : { path, oid, mode: modeOf(mode) } };
}
