import type { Dockerfile } from '../dockerfile/dockerfile.js';
import type { Fault } from '../dockerfile/instruction-flags.js';
import type { VariableValue } from '../dockerfile/shell-piece.js';
import { type LineRange, locate, problemAt } from '../dockerfile/source-problem.js';
import type { Place, Problem, ProblemCode } from '../errors.js';
import { cleanContextPath } from './context-path.js';
import type { ContextRead, RemoteSource } from './evaluation.js';
import type { NamedContexts } from './named-contexts.js';
import type { Platform } from './platform.js';

/** What is the same for all stages, and what they add to. */
export interface EvaluationState {
  readonly dockerfile: Dockerfile;
  /** `null` if the value is only known when the image is built. */
  readonly buildArgs: ReadonlyMap<string, string | null>;
  /** The ARGs before the first FROM, and those that BuildKit predefines. */
  readonly globalArgs: ReadonlyMap<string, VariableValue>;
  readonly contexts: NamedContexts;
  readonly platform: Platform;
  readonly buildPlatform: Platform;
  /** True if base images may set variables. */
  readonly isBaseUnknown: boolean;
  /** ONBUILD triggers by normalised image reference. */
  readonly triggers: ReadonlyMap<string, readonly string[]>;
  readonly reads: ContextRead[];
  readonly git: RemoteSource[];
  readonly http: RemoteSource[];
  /** What BuildKit asks local contexts for, by key; the main build context is `undefined`. */
  readonly asked: Map<string | undefined, Set<string>>;
  readonly problems: Problem[];
  /** Set if stages need each other in a circle, which then is the only thing said about their order. */
  isCircular: boolean;
}

/** Notes that BuildKit asks a local context for a path. */
export function ask(state: EvaluationState, context: string | undefined, path: string): void {
  const paths = state.asked.get(context) ?? new Set();
  state.asked.set(context, paths.add(cleanContextPath(path)));
}

export function reportError(state: EvaluationState, range: LineRange, fault: Fault): void {
  report(state, range, { ...fault, code: 'DOCKERFILE_INVALID', severity: 'error' });
}

/** Reports a text that names something else when a variable has another value. */
export function reportUncertain(
  state: EvaluationState,
  range: LineRange,
  { variables, text }: { variables: string; text: string },
): void {
  const message = `the value of ${variables} is only known when the image is built, and with it what ${text} names`;
  const fix = `give ${variables} a value with ARG or ENV in this stage, or as a build argument`;
  report(state, range, { code: 'DOCKERFILE_UNKNOWN', severity: 'warning', message, fix, word: text });
}

export function placeOf(state: EvaluationState, range: LineRange, word?: string): Place {
  return locate(state.dockerfile, range, word);
}

function report(
  state: EvaluationState,
  range: LineRange,
  { word, ...text }: Fault & { code: ProblemCode; severity: Problem['severity'] },
): void {
  state.problems.push(problemAt(state.dockerfile, { range, word }, text));
}
