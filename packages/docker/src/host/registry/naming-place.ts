import { readBranch } from '../git/read-branch.js';
import type { NameableImage, NamingOptions } from './name-images.js';

/** What the names of a commit follow: the branch that is published, asked where it stands, or the git tag. */
export type NamingPlace = Pick<NamingOptions<NameableImage>, 'gitTag' | 'readBranch'>;

/** @param ref In full: `refs/heads/main`, `refs/tags/v1.2.3`; any other has no names that could go back. */
export function namingPlace(root: string, { ref, head }: { ref: string; head: string }): NamingPlace {
  const [, branch] = /^refs\/heads\/(.+)$/s.exec(ref) ?? [];
  const [, gitTag] = /^refs\/tags\/(.+)$/s.exec(ref) ?? [];
  return {
    ...(gitTag !== undefined && { gitTag }),
    ...(branch !== undefined && { readBranch: () => readBranch(root, branch, head) }),
  };
}
