/**
 * What can be wrong, said in one way everywhere: a closed set of codes, a place, the source line with a
 * caret, and an order that can be followed. Parsers collect {@link Problem}s and go on; code that cannot
 * go on throws one {@link DockerPluginError}.
 */

/** Every code, with the one-line meaning that `docs/errors.md` is checked against. */
export const problemCodes = {
  DOCKERFILE_SYNTAX: 'The Dockerfile cannot be parsed.',
  DOCKERFILE_INVALID: 'The Dockerfile parses, but BuildKit would refuse to build it.',
  DOCKERFILE_UNKNOWN: 'Something the build depends on cannot be known offline, so more is read as input.',
  DOCKERIGNORE_INVALID: 'A pattern of an ignore file is malformed.',
  SOURCE_MISSING: 'A COPY or ADD names a file that does not exist in the build context.',
  SOURCE_IGNORED: 'A COPY or ADD names a file that the ignore file keeps out.',
  IMAGE_CYCLE: 'Images are built from each other in a circle.',
  BASE_MISSING: 'An image of the workspace that this one is built from was not built.',
  OPTIONS_INVALID: 'The plugin or executor options are wrong.',
  CONTEXT_AMBIGUOUS: 'The build context had to be guessed.',
  ADVICE: 'The build works, but does something that is rarely meant.',
  ENGINE_MISSING: 'No engine that can build images was found.',
  ENGINE_UNABLE: 'The engine that was found cannot do what the build needs.',
  ENGINE_FAILED: 'The engine ran and failed.',
  NAME_UNKNOWN: 'A name on the command line stands for nothing in the workspace.',
  FILE_UNREADABLE: 'A file could not be read.',
  GIT_FAILED: 'Git could not answer what had to be known.',
  PATH_FILTER_INVALID: 'A pattern of a path filter is malformed.',
  REGISTRY_DENIED: 'A registry refuses what it was asked for.',
  REGISTRY_FAILED: 'A registry does not answer, or answers with something else.',
  WORKFLOW_INVALID: 'A CI workflow cannot be read.',
  TAG_RULE_INVALID: 'A rule for tags, labels or annotations cannot be read.',
  TAG_UNUSABLE: 'What a rule gives cannot be a tag, so it is left out or changed.',
  TAG_COLLISION: 'Two branches give one tag, so each overwrites what the other published.',
  PLAN_LIMIT: 'A plan is larger than what the CI or its workflow can run.',
  MANIFEST_INVALID: 'A manifest cannot be parsed.',
  MANIFEST_UNEDITABLE: 'A manifest names an image in a way that cannot be edited safely.',
  REFERENCE_INVALID: 'A text that should name an image does not.',
  TASK_FAILED: 'An Nx task that a build of an image needs failed.',
  RECORD_MISSING: 'An image of a plan was not built, so no image of its commit is named.',
  REFERENCE_MISSING: 'A registry does not have what a manifest is to name.',
  FILE_UNWRITABLE: 'A file could not be written.',
  WORKFLOW_FOREIGN: 'A file that this plugin would generate was written by somebody else.',
  REFERENCE_STALE: 'A manifest names another version of an image than the one that was published.',
  REFERENCE_HIDDEN: 'A manifest names an image, and another one replaces what it says.',
  COMMIT_DIFFERS: 'Files differ from the commit that an image would be published as.',
  KUBECTL_MISSING: 'A command that asks a cluster needs kubectl, which is not there.',
  CLUSTER_FAILED: 'A cluster does not answer, or refuses what it was asked for.',
  COSIGN_FAILED: 'Cosign is not there, or cannot do what it was asked for.',
  SIGNATURE_MISSING: 'An image does not have the signature without which no manifest is to name it.',
  COMMIT_UNPUBLISHED: 'No image of a commit to go back to was published.',
} as const;

export type ProblemCode = keyof typeof problemCodes;

/** A position in a source text. `file` is workspace-relative with `/`; `line` and `column` count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  /** One sentence without a final full stop. */
  readonly message: string;
  /** An order that can be followed, one sentence without a final full stop. */
  readonly fix: string;
  readonly place?: Place;
  /** The text of the line at `place`. */
  readonly sourceLine?: string;
}

/** The only error this package throws on purpose. Anything else that escapes is a bug and keeps its stack. */
export class DockerPluginError extends Error {
  override readonly name = 'DockerPluginError';
  readonly problems: readonly Problem[];

  constructor(problems: Problem | readonly Problem[], options?: ErrorOptions) {
    const list = 'code' in problems ? [problems] : problems;
    super(list.map(formatProblem).join('\n'), options);
    this.problems = list;
  }
}

/**
 * Formats a problem as text for a terminal:
 *
 * ```text
 * api/Dockerfile:3:6: unknown flag --form (DOCKERFILE_INVALID)
 *     COPY --form=build /app /app
 *          ^
 *   Fix: write --from=build
 * ```
 */
export function formatProblem(problem: Problem): string {
  const { place, sourceLine } = problem;
  const where = place ? `${place.file}:${place.line}:${place.column}: ` : '';
  const level = problem.severity === 'warning' ? 'warning: ' : '';
  const lines = [`${where}${level}${problem.message} (${problem.code})`];
  if (place && sourceLine !== undefined) lines.push(...quote(sourceLine, place.column));
  lines.push(`  Fix: ${problem.fix}`);
  return lines.join('\n');
}

/** Long lines are shown in a window around the caret, so that a minified line does not flood a log. */
function quote(sourceLine: string, column: number): string[] {
  const start = Math.max(0, column - 1 - 60);
  const window = sourceLine.slice(start, start + 120).replace(/[^\P{Cc}\t]/gu, '\uFFFD');
  const indent = window.slice(0, column - 1 - start).replace(/[^\t]/g, ' ');
  return [`    ${window}`, `    ${indent}^`];
}
