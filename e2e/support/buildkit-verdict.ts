import type { BuildAnswer } from './buildkit-build.js';
import type { BuildInputs } from './buildkit-inputs.js';
import type { Mutation } from './random-mutation.js';

/** What BuildKit and we say before and after a mutation. */
export interface Comparison {
  readonly first: BuildAnswer;
  readonly answer: BuildAnswer;
  readonly before: BuildInputs;
  readonly after: BuildInputs;
  /** An earlier build passed, so that its steps are in the cache. */
  readonly hasPassed: boolean;
}

export interface Verdict {
  /** The mutation changed the build's outcome, or made a step run again. */
  readonly isChanged: boolean;
  /** What we got wrong. */
  readonly miss?: string;
  /** Why we select a file although the build does not depend on it. */
  readonly unneeded?: string;
  /** Why BuildKit may say something else. */
  readonly excuse?: string;
}

export function judge(mutation: Mutation, comparison: Comparison): Verdict {
  const { first, answer, before, after, hasPassed } = comparison;
  const { kind, paths } = mutation;
  const wasFailing = first.failure !== undefined;
  const isFailing = answer.failure !== undefined;
  // Of a build that fails, only a change that mends it can be seen.
  const isChanged = wasFailing ? !isFailing : isFailing || answer.executed !== '';
  const isListed = paths.some((path) => before.files.has(path) || after.files.has(path));
  const refusal = judgeRefusal(answer, after, hasPassed);
  const gaps = [
    ...(isListed ? [] : ['it is not among our files']),
    ...(paths.some((path) => after.isInput(path)) ? [] : ['Nx is not told of it']),
    ...(before.digest !== undefined && before.digest === after.digest
      ? ['the input digest is the same']
      : []),
  ];
  const what = `the ${kind} of ${paths.join(' to ')}`;
  const isMissed = isChanged && gaps.length > 0;
  const excuse = refusal.excuse ?? (isMissed ? excuseGap(mutation, comparison) : undefined);
  const gap = `${what} changed the build, but ${gaps.join(', and ')}: ${answer.failure ?? answer.executed}`;
  const miss =
    refusal.miss !== undefined
      ? `after ${what}, ${refusal.miss}`
      : isMissed && excuse === undefined
        ? gap
        : undefined;
  const isUnneeded = !isChanged && !wasFailing && isListed;
  return {
    isChanged,
    ...(miss !== undefined && { miss }),
    ...(isUnneeded && { unneeded: describeUse(mutation, comparison) }),
    ...(excuse !== undefined && { excuse }),
  };
}

/** What can change a step's place in the cache, or what is sent to the build, but never what is in the image. */
function excuseGap({ paths }: Mutation, { before, after }: Comparison): string | undefined {
  const isBelow = (path: string) => (folder: string) =>
    folder === '.' || path === folder || path.startsWith(`${folder}/`);
  const compared = [...before.comparedOnly, ...after.comparedOnly];
  if (paths.some((path) => compared.some(isBelow(path))))
    return 'a symlink in a folder that a glob finds leads there';
  const isLink = paths.some((path) => before.links.has(path) || after.links.has(path));
  const isForeseen = before.failures.length > 0 !== after.failures.length > 0;
  return isLink && isForeseen ? 'a glob asks for all it finds if that is a symlink' : undefined;
}

/**
 * We refuse what BuildKit refuses and nothing else, but for refusals that depend on more than which files are there:
 * files that are copied over each other, and a glob in a folder that is not there, which only fails a step that runs.
 */
export function judgeRefusal(
  { failure }: BuildAnswer,
  { failures }: BuildInputs,
  hasPassed = false,
): Pick<Verdict, 'miss' | 'excuse'> {
  if (failure === undefined) {
    if (failures.length === 0) return {};
    if (hasPassed && failures.every((each) => each.includes('finds nothing, and the build fails')))
      return { excuse: 'the step of a glob in a missing folder is in the cache' };
    return { miss: `only we refuse: ${failures.join('; ')}` };
  }
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
