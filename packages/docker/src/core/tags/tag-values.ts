import type { TagFacts } from './facts.js';
import type { ExpressionValues } from './render-expression.js';

export const shortShaLength = 7;

/** The branch, git tag and pull request of a ref; at most one is there. */
export interface RefNames {
  readonly branch: string;
  readonly tag: string;
  readonly pullRequest: string;
}

export function refNames(ref: string): RefNames {
  const [, kind = '', name = ''] = /^refs\/(heads|tags|pull)\/(.+)$/s.exec(ref) ?? [];
  return {
    branch: kind === 'heads' ? name : '',
    tag: kind === 'tags' ? name : '',
    pullRequest: kind === 'pull' ? (name.split('/')[0] ?? '') : '',
  };
}

/** What rules may name: the variables of metadata-action. */
export function tagValues(facts: TagFacts, now: Date): ExpressionValues {
  const { branch, tag } = refNames(facts.ref);
  const isDefault = isDefaultBranch(facts, branch);
  const commitDate = new Date(facts.commitDate ?? '');
  return {
    // Without a prototype, so that nothing but these can be named.
    variables: Object.assign(Object.create(null), {
      branch,
      tag,
      sha: facts.sha.slice(0, shortShaLength),
      base_ref: facts.baseRef ?? '',
      is_default_branch: isDefault,
      is_not_default_branch: !isDefault,
    }),
    now,
    ...(!Number.isNaN(commitDate.getTime()) && { commitDate }),
  };
}

/** Where the default branch is unknown, the events count that run on it only. */
function isDefaultBranch({ defaultBranch, event }: TagFacts, branch: string): boolean {
  if (branch === '') return false;
  return defaultBranch === '' ? /schedule|discussion|issues/.test(event) : branch === defaultBranch;
}
