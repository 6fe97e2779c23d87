import { chooseRange, type Range } from '../../core/plan/choose-range.js';
import type { BaseQuestion, CiEvent } from '../../core/plan/ci-event.js';
import type { PlanEvent } from '../../core/plan/plan.js';
import { findCommit, findMergeBase, readParents } from '../../host/git/find-commit.js';

export interface RangeOptions {
  /** `--base`. */
  readonly base?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly event: CiEvent | undefined;
  /** What a branch is compared with on a developer's machine. */
  readonly defaultBase: string;
}

/** What is to be compared with: what somebody says comes before what the CI says. */
export function rangeQuestion({ base, env, event, defaultBase }: RangeOptions): BaseQuestion | string {
  const how = event === undefined || isOfBranch(event.event) ? 'merge-base' : 'exact';
  if (base !== undefined) return { revisions: [base], how, from: '--base' };
  if (env.NX_BASE !== undefined) return { revisions: [env.NX_BASE], how, from: 'NX_BASE' };
  if (event) return event.base;
  return { revisions: [defaultBase, `origin/${defaultBase}`], how: 'merge-base', from: 'the default branch' };
}

/** What others added to the branch that it will be merged into is not its own. */
function isOfBranch(event: PlanEvent): boolean {
  return event === 'pull-request' || event === 'local';
}

/**
 * Asks git what there is to know about a question, and chooses the base.
 *
 * @throws DockerPluginError GIT_FAILED
 */
export async function resolveRange(
  question: BaseQuestion | string,
  given: { root: string; head: string; event: PlanEvent; isShallow: boolean },
): Promise<Range> {
  const { root, head, event, isShallow } = given;
  const base = typeof question === 'string' ? undefined : await firstCommit(root, question.revisions);
  const mergeBase = base === undefined ? undefined : await findMergeBase(root, base, head);
  return chooseRange(question, event, {
    head,
    headParents: await readParents(root, head),
    isShallow,
    ...(base !== undefined && { base }),
    ...(mergeBase !== undefined && { mergeBase }),
  });
}

async function firstCommit(root: string, revisions: readonly string[]): Promise<string | undefined> {
  for (const revision of revisions) {
    const commit = await findCommit(root, revision);
    if (commit !== undefined) return commit;
  }
  return undefined;
}
