import { readGit } from './run-git.js';

/**
 * True if a commit holds the last change of a file: it is that commit, or a later one of its history. A file that no
 * commit holds, and one outside of a repository, has no change that could be missed.
 *
 * @param revision 40 hexadecimal digits (64 in a repository with sha256).
 */
export async function followsFile(root: string, revision: string, file: string): Promise<boolean> {
  const args = ['log', '--max-count=1', '--format=%H', 'HEAD', '--', `:(literal)${file}`];
  const { exitCode, stdout } = await readGit(root, args);
  const last = stdout.toString('utf8').trim();
  if (exitCode !== 0 || last === '') return true;
  return (await readGit(root, ['merge-base', '--is-ancestor', last, revision])).exitCode === 0;
}
