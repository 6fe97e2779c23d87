import { requireGit } from './run-git.js';

/** The clone around a folder. */
export interface Repository {
  /** The folder, relative to the root of the clone: empty, or with a final `/`. */
  readonly prefix: string;
  /** Its history is cut off. */
  readonly isShallow: boolean;
}

/** @throws DockerPluginError GIT_FAILED where the folder is in no clone. */
export async function readRepository(root: string): Promise<Repository> {
  const text = await requireGit(root, ['rev-parse', '--is-shallow-repository', '--show-prefix']);
  const [shallow, ...prefix] = text.split('\n');
  return { isShallow: shallow === 'true', prefix: prefix.join('\n').replace(/\n$/, '') };
}
