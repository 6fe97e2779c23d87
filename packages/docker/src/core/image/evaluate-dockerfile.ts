import type { Dockerfile } from '../dockerfile/dockerfile.js';
import type { VariableValue } from '../dockerfile/shell-piece.js';
import { suggestName } from '../dockerfile/suggest-name.js';
import type { Problem } from '../errors.js';
import { connectStages } from './connect-stages.js';
import { createStages, type StageGraph } from './create-stages.js';
import { evaluateStage } from './evaluate-stage.js';
import type { Evaluation } from './evaluation.js';
import { type EvaluationState, reportError } from './evaluation-state.js';
import { computeGlobalArgs, type GlobalArgsOptions } from './global-args.js';
import { readNamedContexts } from './named-contexts.js';
import { type Platform, parsePlatform } from './platform.js';
import { reachStages } from './reach-stages.js';
import { readLocalStages } from './read-local-stages.js';
import { normalizeImageRef } from './resolve-origin.js';
import type { StageNode } from './stage-node.js';
import { summarizeEvaluation } from './summarize-evaluation.js';

export interface EvaluateOptions {
  /**
   * Values of `--build-arg`. A `null` is one that is only known when the image is built (`--build-arg NAME`
   * takes it from the environment): what depends on it is widened, with a warning.
   */
  readonly buildArgs?: Readonly<Record<string, string | null>>;
  /** Name of the stage to build; the last one by default. */
  readonly target?: string;
  /** What is built for, `linux/amd64` by default. */
  readonly platform?: string;
  /** What is built on, `linux/amd64` by default. */
  readonly buildPlatform?: string;
  /** `--build-context name=value`, and `name=target:…` of bake. */
  readonly namedContexts?: Readonly<Record<string, string>>;
  /** ONBUILD triggers of base images, by image reference: `{ 'node:20-onbuild': ['COPY . /app'] }`. */
  readonly onbuild?: Readonly<Record<string, readonly string[]>>;
  /**
   * What is assumed of the variables that a base image sets. `empty` gives BuildKit's answer for an image
   * that sets none. With `unknown`, a source that such a variable could change is widened to the folder
   * before it, with a warning: a superset instead of a guess.
   */
  readonly baseEnv?: 'empty' | 'unknown';
}

/**
 * Computes what a build reads, as BuildKit's dockerfile2llb does it, without building: files of contexts,
 * images, URLs, and the stages and instructions that matter. Never throws: what BuildKit would refuse is a
 * problem of severity `error`, and what cannot be known offline is a warning and a wider read.
 *
 * A file with a foreign `# syntax=` may be anything, so the whole context is read.
 */
export function evaluateDockerfile(dockerfile: Dockerfile, options: EvaluateOptions = {}): Evaluation {
  const state = createState(dockerfile, options);
  const graph = createStages(state);
  connectStages(state, graph);
  const target = findTarget(state, graph, options.target ?? '');
  const reached = target ? reachStages(state, graph, target) : new Set<StageNode>();
  evaluateStages(state, graph, reached);
  if (target) readLocalStages(state, reached, target);
  return summarizeEvaluation(state, { target, reached: graph.nodes.filter((node) => reached.has(node)) });
}

function createState(dockerfile: Dockerfile, options: EvaluateOptions): EvaluationState {
  const linux = { os: 'linux', architecture: 'amd64', variant: '' };
  const problems: Problem[] = [];
  const buildPlatform = readPlatform(options.buildPlatform, { fallback: linux, problems });
  const platform = readPlatform(options.platform, { fallback: buildPlatform, problems });
  const buildArgs = new Map(Object.entries(options.buildArgs ?? {}));
  const state = {
    dockerfile,
    buildArgs,
    globalArgs: new Map<string, VariableValue>(),
    contexts: readNamedContexts(options.namedContexts ?? {}, buildPlatform),
    platform,
    buildPlatform,
    isBaseUnknown: options.baseEnv === 'unknown',
    triggers: readTriggers(options.onbuild ?? {}),
    reads: [],
    git: [],
    http: [],
    asked: new Map(),
    requests: new Map(),
    requesters: new Map(),
    problems,
    isCircular: false,
  };
  const { target = '' } = options;
  const onFault: GlobalArgsOptions['onFault'] = (range, fault) => reportError(state, range, fault);
  return { ...state, globalArgs: computeGlobalArgs(dockerfile, { ...state, target, onFault }) };
}

function readPlatform(
  text: string | undefined,
  { fallback, problems }: { fallback: Platform; problems: Problem[] },
): Platform {
  if (text === undefined) return fallback;
  const platform = parsePlatform(text, fallback);
  if (platform) return platform;
  const message = `${JSON.stringify(text)} is no platform`;
  problems.push({
    code: 'OPTIONS_INVALID',
    severity: 'error',
    message,
    fix: 'write one such as linux/arm64',
  });
  return fallback;
}

function readTriggers(onbuild: Readonly<Record<string, readonly string[]>>): Map<string, readonly string[]> {
  const entries = Object.entries(onbuild);
  return new Map(entries.map(([image, triggers]) => [normalizeImageRef(image) ?? image, triggers]));
}

function findTarget(
  state: EvaluationState,
  { nodes, byName }: StageGraph,
  name: string,
): StageNode | undefined {
  const last = nodes[state.dockerfile.stages.length - 1];
  const range = { startLine: 1, endLine: 1 };
  if (!last) {
    const fault = { message: 'there is no stage to build', fix: 'write FROM <image>' };
    if (state.dockerfile.problems.length === 0) reportError(state, range, fault);
    return undefined;
  }
  if (name === '') return last;
  const found = byName.get(name.toLowerCase());
  if (found) return found;
  const names = [...byName.keys()];
  const similar = suggestName(name, names);
  const stages =
    names.length > 0 ? `the stages are ${names.join(', ')}` : 'no stage has a name, so name one with AS';
  const fix = similar ? `build the target ${similar}; ${stages}` : `choose another target: ${stages}`;
  reportError(state, range, { message: `target stage ${JSON.stringify(name)} could not be found`, fix });
  return last;
}

/** In the order of the file, so that a stage that reads from a later one is found out. */
function evaluateStages(
  state: EvaluationState,
  { nodes }: StageGraph,
  reached: ReadonlySet<StageNode>,
): void {
  for (const node of nodes) {
    if (node.index < 0 || node.isReplaced) node.result = evaluateStage(state, node);
  }
  for (const node of nodes) {
    if (reached.has(node)) node.result ??= evaluateStage(state, node);
  }
}
