import type { Instruction, Stage } from '../dockerfile/dockerfile.js';
import type { LineRange } from '../dockerfile/source-problem.js';
import type { EvaluationState } from './evaluation-state.js';
import { expandFrom, expandPlatform } from './expand-from.js';
import { findNamedContext, type NamedContext } from './named-contexts.js';
import type { Platform } from './platform.js';
import { resolveOrigin } from './resolve-origin.js';
import { type Command, type Origin, rootOf, type StageNode } from './stage-node.js';

/** The stages and how commands find them; images that commands name are added at the end. */
export interface StageGraph {
  /** In the order of BuildKit's indices: `COPY --from=0` is the first. */
  readonly nodes: StageNode[];
  /** By lower-cased name; a later stage hides an earlier one. */
  readonly byName: ReadonlyMap<string, StageNode>;
}

/** Resolves what each stage starts from: an earlier stage, an image, a named context or nothing. */
export function createStages(state: EvaluationState): StageGraph {
  const nodes: StageNode[] = [];
  const byName = new Map<string, StageNode>();
  for (const stage of state.dockerfile.stages) {
    const node = createStage(state, stage, byName);
    nodes.push(node);
    if (stage.name !== '') byName.set(stage.name, node);
  }
  return { nodes, byName };
}

function createStage(
  state: EvaluationState,
  stage: Stage,
  byName: ReadonlyMap<string, StageNode>,
): StageNode {
  const { text, knownPrefix } = expandFrom(state, stage);
  const platform = expandPlatform(state, stage);
  const own = {
    index: stage.index,
    name: stage.name,
    text,
    written: stage.base,
    how: 'FROM' as const,
    range: stage.from,
    platform,
  };
  const context = findStageContext(state, stage, platform);
  const dependencies = findCandidates(stage, knownPrefix, byName);
  if (context) {
    const origin = resolveContext(state, stage.from, context);
    return { ...own, base: undefined, origin, isReplaced: true, commands: [], dependencies };
  }
  const base = byName.get(text);
  const origin: Origin = base ? base.origin : resolveOrigin(state, own);
  const commands = stage.instructions.map(toCommand);
  return {
    ...own,
    base,
    ...(base && { root: rootOf(base) }),
    origin,
    isReplaced: false,
    commands,
    dependencies,
  };
}

/** Where only the build knows the name of a stage, all stages that it can be are needed. */
function findCandidates(
  stage: Stage,
  knownPrefix: string | undefined,
  byName: ReadonlyMap<string, StageNode>,
): Map<StageNode, Command> {
  const candidates = new Map<StageNode, Command>();
  if (knownPrefix === undefined) return candidates;
  const command = toCommand(stage.from);
  for (const [name, node] of byName) if (name.startsWith(knownPrefix)) candidates.set(node, command);
  return candidates;
}

function toCommand(instruction: Instruction): Command {
  return { instruction, range: instruction, isForeign: false, sources: [] };
}

/** A stage whose name is that of a context is replaced by it, with all that it does. */
function findStageContext(
  state: EvaluationState,
  stage: Stage,
  platform: Platform | undefined,
): NamedContext | undefined {
  if (stage.name === '') return undefined;
  return findNamedContext(state.contexts, stage.name, platform ?? state.platform);
}

function resolveContext(state: EvaluationState, range: LineRange, context: NamedContext): Origin {
  if (context.kind !== 'image') return { kind: 'context', context };
  return resolveOrigin(
    state,
    { text: context.value, written: context.value, range, how: 'FROM', platform: undefined },
    context,
  );
}
