import { flagValue, readFlags } from '../dockerfile/instruction-flags.js';
import { parseMountFields } from '../dockerfile/mount-fields.js';
import type { StageGraph } from './create-stages.js';
import { type EvaluationState, reportError } from './evaluation-state.js';
import { resolveOrigin } from './resolve-origin.js';
import type { Command, StageNode } from './stage-node.js';

/** Finds what the commands of all stages read from, reachable or not, and refuses circles. */
export function connectStages(state: EvaluationState, graph: StageGraph): void {
  const stages = [...graph.nodes];
  for (const node of stages)
    for (const command of node.commands) connectCommand(state, graph, { node, command });
  reportCircle(state, stages);
}

/** Finds the stages and images that one command reads from. */
export function connectCommand(
  state: EvaluationState,
  graph: StageGraph,
  { node, command }: { node: StageNode; command: Command },
): void {
  const { keyword, flags } = command.instruction;
  if (keyword === 'COPY') command.sources = [findCopySource(state, graph, command)];
  if (keyword === 'RUN') {
    const mounts = readFlags(flags).get('mount') ?? [];
    command.sources = mounts.map((mount) => findMountSource(state, graph, { command, mount }));
  }
  for (const source of command.sources) if (source) node.dependencies.set(source, command);
}

function findCopySource(state: EvaluationState, graph: StageGraph, command: Command): StageNode | undefined {
  const from = flagValue(readFlags(command.instruction.flags), 'from');
  if (from === '') return undefined;
  if (/^[+-]?\d+$/.test(from)) return findByIndex(state, graph, { from, command });
  return findByName(state, graph, { from, command, how: 'COPY --from' });
}

function findByIndex(
  state: EvaluationState,
  graph: StageGraph,
  { from, command }: { from: string; command: Command },
): StageNode | undefined {
  const node = graph.nodes[Number(from)];
  if (node) return node;
  const fix = `write --from=<name of a stage>, or an index from 0 to ${state.dockerfile.stages.length - 1}`;
  reportError(state, command.range, { message: `invalid stage index ${from}`, fix, word: `--from=${from}` });
  return createImageNode(state, graph, { from: '', command, how: 'COPY --from' });
}

/** A mount without `from` reads the build context or nothing, yet BuildKit gives it a stage of its own. */
function findMountSource(
  state: EvaluationState,
  graph: StageGraph,
  { command, mount }: { command: Command; mount: string },
): StageNode | undefined {
  const fields = parseMountFields(mount) ?? [];
  const from = fields.flatMap(({ key, value }) => (key === 'from' ? (value ?? []) : [])).at(-1) ?? '';
  if (/\$./.test(from)) return undefined;
  return findByName(state, graph, { from: from || 'scratch', command, how: 'RUN --mount' });
}

interface Reference {
  readonly from: string;
  readonly command: Command;
  readonly how: StageNode['how'];
}

function findByName(state: EvaluationState, graph: StageGraph, reference: Reference): StageNode {
  return graph.byName.get(reference.from.toLowerCase()) ?? createImageNode(state, graph, reference);
}

function createImageNode(
  state: EvaluationState,
  graph: StageGraph,
  { from, command, how }: Reference,
): StageNode {
  const { range } = command;
  const own = { text: from, written: from, how, range, platform: undefined };
  const origin = resolveOrigin(state, own);
  const node: StageNode = {
    ...own,
    index: -1,
    name: '',
    base: undefined,
    origin,
    isReplaced: false,
    commands: [],
    dependencies: new Map(),
  };
  graph.nodes.push(node);
  return node;
}

/** Follows what commands read, not FROM, which can only name an earlier stage. */
function reportCircle(state: EvaluationState, stages: readonly StageNode[]): void {
  const finished = new Set<StageNode>();
  for (const start of stages) {
    const circle = findCircle(start, finished);
    if (!circle) continue;
    const [command, source] = circle;
    state.isCircular = true;
    const name = source.name || String(source.index);
    const message = `circular dependency detected on stage ${name}`;
    const fix = `move what ${name} and this stage need of each other to a third stage above both`;
    reportError(state, command.range, { message, fix });
    return;
  }
}

function findCircle(start: StageNode, finished: Set<StageNode>): [Command, StageNode] | undefined {
  const path = new Set<StageNode>();
  const stack = [{ node: start, next: start.dependencies.entries() }];
  while (stack.length > 0) {
    const top = stack.at(-1);
    if (!top) break;
    path.add(top.node);
    const entry = top.next.next();
    if (entry.done) {
      stack.pop();
      path.delete(top.node);
      finished.add(top.node);
      continue;
    }
    const [source, command] = entry.value;
    if (path.has(source)) return [command, source];
    if (!finished.has(source)) stack.push({ node: source, next: source.dependencies.entries() });
  }
  return undefined;
}
