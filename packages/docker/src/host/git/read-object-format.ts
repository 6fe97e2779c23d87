import type { ObjectFormat } from './blob-id.js';
import { readGit } from './run-git.js';

/** How the repository around a folder names its objects; without a repository as nearly all do. */
export async function readObjectFormat(root: string): Promise<ObjectFormat> {
  const { stdout } = await readGit(root, ['rev-parse', '--show-object-format']);
  return stdout.toString('utf8').trim() === 'sha256' ? 'sha256' : 'sha1';
}
