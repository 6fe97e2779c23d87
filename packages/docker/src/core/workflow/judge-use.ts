import type { ActionUse } from './find-uses.js';
import { knownBadCommits } from './pins.js';

/** What is wrong with a place that uses an action; `undefined` where it stands at a commit with its version beside. */
export function judgeUse({ ref, comment }: Pick<ActionUse, 'ref' | 'comment'>): string | undefined {
  if (knownBadCommits.includes(ref)) return 'is a commit that steals secrets';
  if (!/^[0-9a-f]{40}$/.test(ref)) return 'is a name that can move to another commit';
  if (!/^v?\d/.test(comment)) return 'does not say which version it is';
  return undefined;
}
