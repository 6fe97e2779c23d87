import type { BuildAnswer } from './buildkit-build.js';
import type { BuildInputs } from './buildkit-inputs.js';
import type { Mutation } from './random-mutation.js';

/** What BuildKit and we say before and after a mutation. */
export interface Comparison {
  readonly first: BuildAnswer;
  readonly answer: BuildAnswer;
  readonly before: BuildInputs;
  readonly after: BuildInputs;
}

export interface Verdict {
  /** The mutation changed the build's outcome, or made a step run again. */
  readonly isChanged: boolean;
  /** What we got wrong. */
  readonly miss?: string;
  /** Why we select a file although the build does not depend on it. */
  readonly unneeded?: string;
  /** Why BuildKit alone may refuse the build. */
  readonly excuse?: string;
}

export function judge(mutation: Mutation, comparison: Comparison): Verdict {
  const { first, answer, before, after } = comparison;
  const { kind, paths } = mutation;
  const wasFailing = first.failure !== undefined;
  const isFailing = answer.failure !== undefined;
  // Of a build that fails, only a change that mends it can be seen.
  const isChanged = wasFailing ? !isFailing : isFailing || answer.executed !== '';
  const isListed = paths.some((path) => before.files.has(path) || after.files.has(path));
  const refusal = judgeRefusal(answer, after);
  const gaps = [
    ...(isListed ? [] : ['it is not among our files']),
    ...(paths.some((path) => after.isInput(path)) ? [] : ['Nx is not told of it']),
    ...(before.digest !== undefined && before.digest === after.digest
      ? ['the input digest is the same']
      : []),
  ];
  const what = `the ${kind} of ${paths.join(' to ')}`;
  const miss =
    refusal.miss === undefined
      ? isChanged && gaps.length > 0
        ? `${what} changed the build, but ${gaps.join(', and ')}: ${answer.failure ?? answer.executed}`
        : undefined
      : `after ${what}, ${refusal.miss}`;
  const isUnneeded = !isChanged && !wasFailing && isListed;
  return {
    isChanged,
    ...(miss !== undefined && { miss }),
    ...(isUnneeded && { unneeded: describeUse(mutation, comparison) }),
    ...(refusal.excuse !== undefined && { excuse: refusal.excuse }),
  };
}

/**
 * We refuse what BuildKit refuses and nothing else, but for a refusal that depends on more than which files are there:
 * files that are copied over each other.
 */
export function judgeRefusal(
  { failure }: BuildAnswer,
  { failures }: BuildInputs,
): Pick<Verdict, 'miss' | 'excuse'> {
  if (failure === undefined)
    return failures.length > 0 ? { miss: `only we refuse: ${failures.join('; ')}` } : {};
  if (failures.length > 0) return {};
  if (/cannot (?:copy|replace) to|cannot overwrite|not a directory/i.test(failure))
    return { excuse: 'files are copied over each other' };
  return { miss: `only BuildKit refuses: ${failure}` };
}

function describeUse({ kind, paths }: Mutation, { before, after }: Comparison): string {
  const files = paths.flatMap((path) => before.files.get(path) ?? after.files.get(path) ?? []);
  const reads = files.flatMap(({ uses }) => uses.flatMap((use) => use.reads));
  const ways = reads.map((read) => `${read.widened ? 'widened ' : ''}${read.match} ${read.kind}`);
  return `${kind} of a ${files[0]?.mode}, read by ${[...new Set(ways)].sort().join(' and ')}`;
}
