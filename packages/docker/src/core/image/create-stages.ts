import type { Instruction, Stage } from '../dockerfile/dockerfile.js';
import { expandWord } from '../dockerfile/expand-word.js';
import type { LineRange } from '../dockerfile/source-problem.js';
import { type EvaluationState, reportError } from './evaluation-state.js';
import { explainExpansion } from './explain-expansion.js';
import { findNamedContext, type NamedContext } from './named-contexts.js';
import { type Platform, parsePlatform } from './platform.js';
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
  const text = expandFrom(state, stage);
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
  const dependencies = new Map<StageNode, Command>();
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

function expandFrom(state: EvaluationState, { base, from }: Stage): string {
  if (base === '') return '';
  const { globalArgs, dockerfile } = state;
  const expansion = expandWord(base, (name) => globalArgs.get(name), { escape: dockerfile.escape });
  if (expansion.failure !== undefined) {
    reportError(state, from, explainExpansion(base, expansion.failure));
    return '';
  }
  if (expansion.text === '') {
    const [name = 'NAME'] = expansion.unset;
    const message = `base name (${base}) should not be blank`;
    const fix = `pass --build-arg ${name}=<image>, or write ARG ${name}=<image> before the first FROM`;
    reportError(state, from, { message, fix, word: base });
  }
  return expansion.text;
}

function expandPlatform(state: EvaluationState, { platform, from }: Stage): Platform | undefined {
  if (platform === '') return undefined;
  const { globalArgs, dockerfile } = state;
  const { text, failure } = expandWord(platform, (name) => globalArgs.get(name), {
    escape: dockerfile.escape,
  });
  if (failure !== undefined) {
    reportError(state, from, explainExpansion(platform, failure));
    return undefined;
  }
  const parsed = parsePlatform(text, state.buildPlatform);
  if (!parsed) {
    const message = `${JSON.stringify(text)} is no platform (from --platform=${platform})`;
    const fix = 'write --platform=<os>/<architecture> such as linux/arm64, or a variable that holds one';
    reportError(state, from, { message, fix, word: platform });
  }
  return parsed;
}
