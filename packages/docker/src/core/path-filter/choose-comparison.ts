/** Which two commits GitHub compares to find the changed files of an event. */
export type Comparison =
  /** `git diff <base> <head>` */
  | { readonly kind: 'two-dot'; readonly base: string; readonly head: string }
  /** `git diff <base>...<head>`: from where the branches parted. */
  | { readonly kind: 'three-dot'; readonly base: string; readonly head: string }
  /** Of the pushed commits the deepest: its parent is compared with head. */
  | { readonly kind: 'new-branch'; readonly head: string }
  | { readonly kind: 'none'; readonly because: string };

export interface ComparedEvent {
  readonly event: string;
  readonly ref?: string;
  /** What the branch pointed to; zeros where it is new. For a pull request, the tip of its base. */
  readonly base?: string;
  readonly head: string;
}

/**
 * Chooses the comparison as GitHub does: two dots for a push, three for a pull request, none for a tag.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#git-diff-comparisons
 */
export function chooseComparison({ event, ref = '', base = '', head }: ComparedEvent): Comparison {
  if (ref.startsWith('refs/tags/')) return { kind: 'none', because: 'path filters do not count for tags' };
  if (event === 'push') return isNone(base) ? { kind: 'new-branch', head } : { kind: 'two-dot', base, head };
  if (event === 'pull_request' || event === 'pull_request_target') return { kind: 'three-dot', base, head };
  return { kind: 'none', because: `path filters do not count for ${event}` };
}

function isNone(commit: string): boolean {
  return /^0*$/.test(commit);
}
