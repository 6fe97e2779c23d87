import { addRead, ask, type EvaluationState, placeOf } from './evaluation-state.js';
import { localContextOf } from './read-copy-source.js';
import { rootOf, type StageNode } from './stage-node.js';

/**
 * Records the local named contexts that are read as a whole because a stage starts from them: the target
 * does, a RUN in the stage may read anything, or nothing says which part is needed.
 */
export function readLocalStages(
  state: EvaluationState,
  reached: ReadonlySet<StageNode>,
  target: StageNode,
): void {
  for (const node of reached) {
    const context = localContextOf(node);
    if (context === undefined || rootOf(node) !== node) continue;
    const isNeeded = rootOf(target) === node || !state.asked.has(context);
    if (isNeeded) ask(state, { context, node }, '.');
    if (node.index < 0 || !state.asked.get(context)?.has('.')) continue;
    const { text, written } = node;
    const place = placeOf(state, node.range, written);
    addRead(
      state,
      { context, node },
      {
        kind: 'FROM',
        path: '.',
        match: 'literal',
        exclude: [],
        context,
        place,
        text,
        unset: [],
      },
    );
  }
}
