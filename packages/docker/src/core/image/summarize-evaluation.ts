import type { Dockerfile, Instruction } from '../dockerfile/dockerfile.js';
import { byPlace } from '../dockerfile/source-problem.js';
import type { ContextRead, Evaluation, ImageUse } from './evaluation.js';
import { type EvaluationState, placeOf } from './evaluation-state.js';
import { readArgs } from './global-args.js';
import type { NamedContext } from './named-contexts.js';
import { formatPlatform } from './platform.js';
import { classifyRemote } from './remote-source.js';
import { rootOf, type StageNode } from './stage-node.js';

export interface Reached {
  readonly target: StageNode | undefined;
  /** In BuildKit's order: the stages, then the images that commands name. */
  readonly reached: readonly StageNode[];
}

/** Puts together what the stages have added to the state. */
export function summarizeEvaluation(state: EvaluationState, { target, reached }: Reached): Evaluation {
  const { dockerfile } = state;
  const stages = reached.filter(({ index }) => index >= 0);
  const instructions = reachableInstructions(dockerfile, stages);
  const contexts = reached.flatMap((node) => contextOf(node) ?? []);
  const isForeign = dockerfile.foreignSyntax !== undefined;
  const found = isForeign ? state.problems.filter(({ severity }) => severity === 'warning') : state.problems;
  const reads = withRequests(state);
  const [baseImage] = target ? imageUse(state, rootOf(target)) : [];
  return {
    reads: isForeign ? [foreignRead(state), ...reads] : reads,
    contextPaths: contextPaths(state),
    images: reached.flatMap((node) => imageUse(state, node)).sort(byPlace),
    ...(baseImage && { baseImage }),
    git: [...state.git, ...remoteContexts(state, reached, 'git')].sort(byPlace),
    http: [...state.http, ...remoteContexts(state, reached, 'http')].sort(byPlace),
    ports: target?.result?.ports ?? [],
    targetStage: target?.index ?? -1,
    reachableStages: stages.map(({ index }) => index),
    reachableInstructions: instructions,
    declaredArgs: declaredArgs(instructions),
    namedContextPaths: namedContextPaths(state),
    usedContexts: sorted(contexts.map(({ key }) => key)),
    problems: [...dockerfile.problems, ...found].sort(byPlace),
  };
}

function contextOf({ origin, base }: StageNode): NamedContext | undefined {
  return base ? undefined : origin.context;
}

function contextPaths({ reads, asked }: EvaluationState): string[] {
  const isUsed = reads.some(({ context }) => context === undefined);
  return isUsed ? toPaths(asked.get(undefined)) : [];
}

function namedContextPaths({ asked }: EvaluationState): Record<string, string[]> {
  const entries = [...asked].filter((entry): entry is [string, Set<string>] => entry[0] !== undefined);
  return Object.fromEntries(entries.map(([key, paths]) => [key, toPaths(paths)]));
}

/** Tells reads of a named context what BuildKit asks for together with them, where that is not all of it. */
function withRequests({ reads, asked, requests, requesters }: EvaluationState): ContextRead[] {
  const paths = new Map([...requests].map(([node, own]) => [node, toPaths(own)]));
  return reads.map((read) => {
    const requester = requesters.get(read);
    const own = requester && requests.get(requester);
    const isAll = own?.size === asked.get(read.context)?.size;
    return requester && !isAll ? { ...read, asked: paths.get(requester) ?? [] } : read;
  });
}

function toPaths(paths: ReadonlySet<string> = new Set()): string[] {
  return paths.has('.') ? ['.'] : sorted(paths);
}

function sorted(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort();
}

function imageUse(state: EvaluationState, node: StageNode): ImageUse[] {
  const { origin, base, text, written, how, range, platform } = node;
  if (base || origin.kind !== 'image') return [];
  return [
    {
      imageRef: origin.imageRef,
      text,
      how,
      ...(platform && { platform: formatPlatform(platform) }),
      place: placeOf(state, range, written),
    },
  ];
}

function remoteContexts(
  state: EvaluationState,
  reached: readonly StageNode[],
  kind: 'git' | 'http',
): Evaluation['git'][number][] {
  return reached.flatMap((node) => {
    const context = contextOf(node);
    if (context?.kind !== kind) return [];
    const pinned = classifyRemote(context.value)?.isPinned ?? false;
    return [{ url: context.value, pinned, place: placeOf(state, node.range, node.written) }];
  });
}

function reachableInstructions(dockerfile: Dockerfile, stages: readonly StageNode[]): Instruction[] {
  const ofStages = stages.flatMap((node) => {
    const stage = dockerfile.stages[node.index];
    if (!stage || node.isReplaced) return [];
    const triggers = node.commands.filter(({ isForeign }) => isForeign).map(({ instruction }) => instruction);
    return [stage.from, ...triggers, ...stage.instructions];
  });
  return [...dockerfile.metaArgs, ...ofStages];
}

function declaredArgs(instructions: readonly Instruction[]): string[] {
  const args = instructions.filter(({ keyword }) => keyword === 'ARG');
  const ofTriggers = instructions.flatMap(({ onbuild }) => (onbuild?.keyword === 'ARG' ? [onbuild] : []));
  return sorted([...args, ...ofTriggers].flatMap((arg) => readArgs(arg.args).map(({ name }) => name)));
}

function foreignRead(state: EvaluationState): ContextRead {
  const syntax = state.dockerfile.foreignSyntax ?? '';
  const place = placeOf(state, { startLine: 1, endLine: 10 }, syntax);
  const widened = `the frontend ${syntax} may read anything`;
  return { kind: 'COPY', path: '.', match: 'literal', exclude: [], place, text: '.', widened };
}
