import { decideRun } from '../../src/core/path-filter/decide-run.js';

interface EventCase {
  readonly event: string;
  readonly ref?: string;
  readonly files: readonly string[];
  readonly diffTimeout?: boolean;
  readonly commits?: number;
  readonly branches?: readonly string[];
  readonly 'branches-ignore'?: readonly string[];
  readonly tags?: readonly string[];
  readonly 'tags-ignore'?: readonly string[];
  readonly paths?: readonly string[];
  readonly 'paths-ignore'?: readonly string[];
  /** `error` where GitHub refuses the workflow. */
  readonly expected: boolean | 'error';
}

/** Compares whether an event starts a workflow with GitHub's documentation; returns the difference. */
export function check(testCase: EventCase): string | undefined {
  const { event, ref, files, diffTimeout, commits, expected } = testCase;
  const decision = decideRun(triggerOf(testCase), {
    event,
    files: diffTimeout ? undefined : files,
    ...(ref !== undefined && { ref }),
    ...(commits !== undefined && { commits }),
  });
  const actual = decision.because.startsWith('GitHub refuses') ? 'error' : decision.runs;
  return actual === expected ? undefined : `${actual} (${decision.because}), expected ${expected}`;
}

function triggerOf(testCase: EventCase) {
  const { event, branches, tags, paths } = testCase;
  const {
    'branches-ignore': branchesIgnore,
    'tags-ignore': tagsIgnore,
    'paths-ignore': pathsIgnore,
  } = testCase;
  return {
    event,
    ...(branches && { branches }),
    ...(branchesIgnore && { branchesIgnore }),
    ...(tags && { tags }),
    ...(tagsIgnore && { tagsIgnore }),
    ...(paths && { paths }),
    ...(pathsIgnore && { pathsIgnore }),
  };
}
