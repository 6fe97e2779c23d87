import type { ExposedPort } from './evaluation.js';
import type { EvaluationState } from './evaluation-state.js';
import type { StageNode } from './stage-node.js';
import type { VariableScope } from './variable-scope.js';

/** A stage while its commands are evaluated one after the other. */
export interface StageRun {
  readonly state: EvaluationState;
  readonly node: StageNode;
  readonly scope: VariableScope;
  readonly os: string;
  /** Absolute; `undefined` if the base image decides it. */
  workdir: string | undefined;
  readonly ports: ExposedPort[];
}
