import type { Problem } from '../../core/errors.js';

/** What somebody named is nothing that anybody knows. */
export function unknownCommit(to: string): Problem {
  return {
    code: 'GIT_FAILED',
    severity: 'error',
    message: `${JSON.stringify(to)} names no commit that this clone has, and none that was published`,
    fix: 'name a commit, a branch or a git tag; fetch the rest with git fetch --unshallow --tags (fetch-depth: 0 in CI)',
  };
}

/** Somebody named a commit that was not published; the nearest that were are the advice. */
export function unpublished(commit: string, { before, after }: { before?: string; after?: string }): Problem {
  const near = [
    ...(before === undefined ? [] : [`${before.slice(0, 12)}, before it`]),
    ...(after === undefined ? [] : [`${after.slice(0, 12)}, after it`]),
  ];
  return {
    code: 'COMMIT_UNPUBLISHED',
    severity: 'error',
    message: `no image of the commit ${commit.slice(0, 12)} was published`,
    fix: near.length > 0 ? `take --to ${near.join(', or ')}` : 'take a commit whose images were published',
  };
}

/** The manifests name the first published commit already. */
export function noEarlier(from: string): Problem {
  return {
    code: 'COMMIT_UNPUBLISHED',
    severity: 'error',
    message: `no commit before ${from.slice(0, 12)} was published with another image`,
    fix: 'name a commit with --to',
  };
}

/** The history that is needed is not in the clone. */
export function tooShallow(commit: string): Problem {
  return {
    code: 'GIT_FAILED',
    severity: 'error',
    message: `this clone is shallow, and its history ends before an earlier published commit than ${commit.slice(0, 12)}`,
    fix: 'run git fetch --unshallow (fetch-depth: 0 in CI), or name a commit with --to',
  };
}

/** Neither tags nor digests tell what the manifests name. */
export const unknownNow: Problem = {
  code: 'COMMIT_UNPUBLISHED',
  severity: 'error',
  message:
    'nothing says which commit the manifests name now: their tags name none, and no published commit has these images',
  fix: 'name the commit to go to with --to',
};
