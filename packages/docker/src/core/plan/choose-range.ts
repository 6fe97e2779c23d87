import type { BaseQuestion } from './ci-event.js';
import type { PlanEvent } from './plan.js';

/** What git answers about the two ends of a comparison. */
export interface RangeAnswers {
  /** The commit that is built, 40 hex digits. */
  readonly head: string;
  readonly headParents: readonly string[];
  /** The clone does not have the whole history. */
  readonly isShallow: boolean;
  /** The commit that the question names; absent where the clone does not have it. */
  readonly base?: string;
  /** The best common ancestor of base and head; absent where there is none. */
  readonly mergeBase?: string;
}

export interface Range {
  /** The commit to compare with; `null` where every image is to be taken. */
  readonly base: string | null;
  /** How that came about, one sentence without a final stop. */
  readonly scope: string;
}

/**
 * Chooses the commit to compare with. It fails closed: where nobody can tell what changed, every image is taken, and
 * the reason is said.
 */
export function chooseRange(question: BaseQuestion | string, event: PlanEvent, answers: RangeAnswers): Range {
  if (typeof question === 'string') return all(question);
  const { revisions, how, from, mergedTip } = question;
  const { head, headParents, isShallow, base, mergeBase } = answers;
  const [mergeTarget, tip] = headParents;
  if (mergedTip !== undefined && mergeTarget !== undefined && tip === mergedTip)
    return differ(mergeTarget, 'what it would be merged into');
  const names = revisions.filter((revision) => revision !== '');
  if (names.length === 0) return all(`${from} names no base`);
  if (names.every((name) => /^0+$/.test(name))) return all(`${from} is the first one of its branch`);
  if (base === undefined)
    return all(
      `${from} names ${names.map(quoteRevision).join(' or ')}, which ${isShallow ? 'is not in this shallow clone' : 'is not in this clone (rewritten, deleted or misspelled)'}`,
    );
  if (how === 'merge-base') {
    if (mergeBase === undefined)
      return all(
        isShallow
          ? `this shallow clone does not show where the branch left ${quoteRevision(names[0] ?? '')}`
          : `${quoteRevision(names[0] ?? '')} has no history in common with what is built`,
      );
    return differ(mergeBase, mergeBase === base ? `named by ${from}` : 'where the branch began');
  }
  if (base === head && event === 'push') return all(`${from} names the commit itself as its base`);
  if (mergeBase !== base && !isShallow)
    return differ(base, `named by ${from}, and pushed over: it is no ancestor`);
  return differ(base, `named by ${from}`);
}

function all(reason: string): Range {
  return { base: null, scope: `all images, because ${reason}` };
}

function differ(base: string, why: string): Range {
  return { base, scope: `images whose build inputs differ from ${base.slice(0, 12)} (${why})` };
}

/** A revision can come from outside, with anything in it. */
function quoteRevision(revision: string): string {
  const text = [...revision].slice(0, 60).join('');
  return /^[\w./~^@-]+$/.test(text) ? text : JSON.stringify(text);
}
