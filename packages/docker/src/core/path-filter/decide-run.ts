import { compilePathFilter, type PathFilter } from './match-path-filter.js';

/** An entry of `on` in a workflow of GitHub Actions, with its filters as they are written. */
export interface Trigger {
  /** `push`, `pull_request`, `merge_group` … */
  readonly event: string;
  readonly branches?: readonly string[];
  readonly branchesIgnore?: readonly string[];
  readonly tags?: readonly string[];
  readonly tagsIgnore?: readonly string[];
  readonly paths?: readonly string[];
  readonly pathsIgnore?: readonly string[];
}

/** What happened, as far as filters ask. */
export interface TriggerEvent {
  /** `push`, `pull_request`, `merge_group` … */
  readonly event: string;
  /** The ref that was pushed, as `refs/heads/main` or `refs/tags/v1`; of a pull request, the branch it goes to. */
  readonly ref?: string;
  /**
   * The changed files in the order of git's diff (see `chooseComparison`), a rename with its old and its new name.
   * `undefined` where GitHub makes no diff: after a timeout.
   */
  readonly files: readonly string[] | undefined;
  /** How many commits were pushed. Default: few. */
  readonly commits?: number;
}

export interface Decision {
  readonly runs: boolean;
  /** One sentence without a final stop. */
  readonly because: string;
}

/** GitHub compares patterns with so many files, and ignores all others. */
export const githubFileLimit = 300;
const commitLimit = 1000;

/**
 * Decides as GitHub does whether an event starts a workflow.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#onpushpull_requestpull_request_targetpathspaths-ignore
 */
export function decideRun(trigger: Trigger, event: TriggerEvent): Decision {
  const invalid = invalidTrigger(trigger);
  if (invalid !== undefined) return no(`GitHub refuses the workflow: ${invalid}`);
  if (trigger.event !== event.event) return no(`it does not run for ${event.event}`);
  return decideRef(trigger, event) ?? decidePaths(trigger, event);
}

/** Why GitHub refuses a trigger, whatever happens. */
export function invalidTrigger(trigger: Trigger): string | undefined {
  const { branches, branchesIgnore, tags, tagsIgnore, paths, pathsIgnore } = trigger;
  const lists: [string, readonly string[] | undefined, readonly string[] | undefined][] = [
    ['branches', branches, branchesIgnore],
    ['tags', tags, tagsIgnore],
    ['paths', paths, pathsIgnore],
  ];
  for (const [name, positive, ignored] of lists) {
    if (positive && ignored) return `${name} and ${name}-ignore cannot be given for the same event`;
    const [problem] = compilePathFilter(positive ?? ignored ?? none).problems.values();
    if (problem) return problem.message;
  }
  return undefined;
}

const none: readonly string[] = [];

/** Filters by branch or tag; `undefined` where they let the event pass. */
function decideRef(trigger: Trigger, { event, ref = '' }: TriggerEvent): Decision | undefined {
  const tag = /^refs\/tags\/(.+)$/s.exec(ref)?.[1];
  const branch = tag === undefined ? ref.replace(/^refs\/heads\//, '') : undefined;
  const hasBranches = trigger.branches ?? trigger.branchesIgnore;
  const hasTags = trigger.tags ?? trigger.tagsIgnore;
  if (event === 'push' && tag !== undefined && hasBranches && !hasTags)
    return no('it is for branches only, and a tag was pushed');
  if (event === 'push' && tag === undefined && hasTags && !hasBranches)
    return no('it is for tags only, and a branch was pushed');
  if (tag !== undefined)
    return matchesRef(trigger.tags, trigger.tagsIgnore, tag) ? undefined : no(named(tag));
  if (ref === '') return undefined;
  return matchesRef(trigger.branches, trigger.branchesIgnore, branch ?? '') ? undefined : no(named(branch));
}

function matchesRef(
  positive: readonly string[] | undefined,
  ignored: readonly string[] | undefined,
  name: string,
): boolean {
  if (positive) return compilePathFilter(positive).matches(name);
  return !(ignored && compilePathFilter(ignored).matches(name));
}

function named(ref: string | undefined): string {
  return `it does not run for ${JSON.stringify(ref)}`;
}

function decidePaths(trigger: Trigger, event: TriggerEvent): Decision {
  const { paths, pathsIgnore } = trigger;
  if (!paths && !pathsIgnore) return yes('it has no path filter');
  if (!diffEvents.has(event.event)) return yes(`path filters do not count for ${event.event}`);
  if (event.ref?.startsWith('refs/tags/')) return yes('path filters do not count for tags');
  if ((event.commits ?? 0) > commitLimit) return yes(`more than ${commitLimit} commits always pass`);
  if (!event.files) return yes('without a diff it always runs');
  if (event.files.length === 0) return no('no file changed');
  const seen = event.files.slice(0, githubFileLimit);
  const filter = compilePathFilter(paths ?? pathsIgnore ?? []);
  const file = seen.find((each) => filter.matches(each) === (paths !== undefined));
  if (file !== undefined) return yes(reason(file, { filter, patterns: paths }));
  if (seen.length < event.files.length)
    return no(`no file of the first ${githubFileLimit} passes, and GitHub looks at no more`);
  return no(paths ? 'no changed file matches its paths' : 'all changed files are ignored');
}

const diffEvents = new Set(['push', 'pull_request', 'pull_request_target']);

function reason(
  file: string,
  given: { filter: PathFilter; patterns: readonly string[] | undefined },
): string {
  const index = given.filter.decides(file);
  const pattern = index === undefined ? undefined : given.patterns?.[index];
  return pattern === undefined ? `${file} is not ignored` : `${file} matches ${pattern}`;
}

function yes(because: string): Decision {
  return { runs: true, because };
}

function no(because: string): Decision {
  return { runs: false, because };
}
