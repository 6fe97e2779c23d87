import type { VariableValue } from '../dockerfile/shell-piece.js';
import { reportError } from './evaluation-state.js';
import { explainExpansion } from './explain-expansion.js';
import type { Command } from './stage-node.js';
import type { StageRun } from './stage-run.js';
import { expandInScope } from './variable-scope.js';

export interface ExpandedArgument {
  /** What BuildKit gets if the base image sets no variable. */
  readonly text: string;
  /** Present if the base image may make it another text. */
  readonly certainty?: { readonly knownPrefix: string };
  readonly unset: readonly string[];
  readonly uncertain: readonly string[];
}

/** Expands an argument by the variables that are set at this point; reports it if it is malformed. */
export function expandArgument(run: StageRun, command: Command, word: string): ExpandedArgument | undefined {
  const expansion = expandInScope(run.scope, word, run.state.dockerfile.escape);
  if (expansion.failure !== undefined) {
    reportError(run.state, command.range, explainExpansion(word, expansion.failure));
    return undefined;
  }
  const { text, knownPrefix, unset, uncertain } = expansion;
  return { text, ...(knownPrefix !== undefined && { certainty: { knownPrefix } }), unset, uncertain };
}

/** What is known of a variable that is set to an argument. */
export function valueOfArgument({ text, certainty }: ExpandedArgument): VariableValue {
  return { text, ...certainty };
}

/** Says which variables make an argument uncertain. */
export function namesOf(names: readonly string[]): string {
  return [...new Set(names)].map((name) => `$${name}`).join(', ');
}
