import type { Dockerfile } from '../dockerfile/dockerfile.js';
import type { Fault } from '../dockerfile/instruction-flags.js';
import type { VariableValue } from '../dockerfile/shell-piece.js';
import { type LineRange, locate, problemAt } from '../dockerfile/source-problem.js';
import type { Place, Problem, ProblemCode } from '../errors.js';
import { cleanContextPath } from './context-path.js';
import type { ContextRead, RemoteSource } from './evaluation.js';
import type { NamedContexts } from './named-contexts.js';
import type { Platform } from './platform.js';
import { rootOf, type StageNode } from './stage-node.js';

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
  /** The same for each stage that starts from a local context, since BuildKit asks for each by itself. */
  readonly requests: Map<StageNode, Set<string>>;
  /** The stage that a read of a named context belongs to. */
  readonly requesters: Map<ContextRead, StageNode>;
  readonly problems: Problem[];
  /** Set if stages need each other in a circle, which then is the only thing said about their order. */
  isCircular: boolean;
}

/** A local context, and for a named one the stage that starts from it, if only by a COPY --from. */
export interface LocalContext {
  readonly context: string | undefined;
  readonly node?: StageNode | undefined;
}

/** Notes that BuildKit asks a local context for a path. */
export function ask(state: EvaluationState, { context, node }: LocalContext, path: string): void {
  const cleaned = cleanContextPath(path);
  add(state.asked, context, cleaned);
  if (node) add(state.requests, rootOf(node), cleaned);
}

/** Notes what is read from a local context. */
export function addRead(state: EvaluationState, { context, node }: LocalContext, read: ContextRead): void {
  state.reads.push(read);
  if (context !== undefined && node) state.requesters.set(read, rootOf(node));
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

function add<K>(sets: Map<K, Set<string>>, key: K, value: string): void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(value));
}
