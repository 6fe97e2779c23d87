import type { PlanEvent } from './plan.js';

/** What a CI says about why it runs, in the words of no provider. */
export interface CiEvent {
  readonly event: PlanEvent;
  /** What to compare with, or why the event names nothing to compare with, one sentence part: `a tag has no base`. */
  readonly base: BaseQuestion | string;
  /** Images that somebody chose by hand: projects with commas between, or `all`. Empty for no choice. */
  readonly images?: string;
  /** Build chosen images even if they are published. */
  readonly force?: boolean;
  /** The branch or tag is gone, so that nothing is to be built for it. */
  readonly isDeletion?: boolean;
}

/** A commit to compare with, as it is named from outside: git has not been asked yet. */
export interface BaseQuestion {
  /** The first of these revisions that the clone has. */
  readonly revisions: readonly string[];
  /** `exact`: two-dot. `merge-base`: three-dot, what a branch changed since it left the other. */
  readonly how: 'exact' | 'merge-base';
  /** Who named it: `the push event`, `--base`. */
  readonly from: string;
  /**
   * The tip of the branch to be merged. Where it is the second parent of the head, the head is the merge, and its
   * first parent is exactly what it would be merged into.
   */
  readonly mergedTip?: string;
}
