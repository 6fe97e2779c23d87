import { formatTrigger, parseTrigger, type TriggerResult } from '../dockerfile/parse-trigger.js';
import { connectCommand } from './connect-stages.js';
import type { StageGraph } from './create-stages.js';
import { type EvaluationState, reportError } from './evaluation-state.js';
import type { Command, StageNode } from './stage-node.js';

interface Trigger {
  readonly text: string;
  readonly range: Command['range'];
  readonly isForeign: boolean;
}

/**
 * Finds the stages and images that the target needs: by FROM, COPY --from and mounts. A reached stage first
 * gets the ONBUILD triggers of what it is built from, which may need further stages.
 */
export function reachStages(state: EvaluationState, graph: StageGraph, target: StageNode): Set<StageNode> {
  const reached = new Set<StageNode>();
  const parsed = new Map<string, TriggerResult>();
  const open = [target];
  for (let node = open.pop(); node; node = open.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    addTriggers(state, graph, { node, parsed });
    if (node.base) open.push(node.base);
    for (const dependency of node.dependencies.keys()) open.push(dependency);
  }
  return reached;
}

function addTriggers(
  state: EvaluationState,
  graph: StageGraph,
  { node, parsed }: { node: StageNode; parsed: Map<string, TriggerResult> },
): void {
  if (node.index < 0) return;
  const commands: Command[] = [];
  for (const { text, range, isForeign } of triggersOf(state, node)) {
    const result = parsed.get(text) ?? parseTrigger(text);
    parsed.set(text, result);
    if (result.failure !== undefined) {
      const message = `the ONBUILD trigger ${JSON.stringify(text)} cannot run: ${result.failure}`;
      reportError(state, range, { message, fix: 'correct the ONBUILD instruction that it comes from' });
      continue;
    }
    const instruction = { ...result.instruction, startLine: range.startLine, endLine: range.endLine };
    const command: Command = { instruction, range, isForeign, sources: [] };
    connectCommand(state, graph, { node, command });
    commands.push(command);
  }
  node.commands = [...commands, ...node.commands];
}

/** Those of the stage in FROM, or of the image; a stage further down has none left for this one. */
function triggersOf(state: EvaluationState, { base, origin, range }: StageNode): Trigger[] {
  if (base) {
    return base.commands
      .filter(({ instruction }) => instruction.keyword === 'ONBUILD')
      .map(({ instruction }) => ({ text: formatTrigger(instruction), range: instruction, isForeign: false }));
  }
  if (origin.kind !== 'image') return [];
  const triggers = state.triggers.get(origin.imageRef) ?? [];
  return triggers.map((text) => ({ text, range, isForeign: true }));
}
