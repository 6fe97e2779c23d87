import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { formatPlanSummary } from '../../core/plan/format-plan.js';
import { formatOutputs, githubOutputs } from '../../core/plan/github-outputs.js';
import type { Plan } from '../../core/plan/plan.js';
import { writeFileWhole } from '../../host/write-file.js';

export interface MatrixOutputs {
  /** A file for the plan. */
  readonly out?: string | undefined;
  /** How many waves the workflow has; as many as the plan has, where it is not said. */
  readonly waves?: number | undefined;
  /** Set the outputs of a GitHub step, and add to its summary. */
  readonly github: boolean;
}

/**
 * Writes a plan to where a CI reads it. What is over a limit is refused before anything is written.
 *
 * @throws DockerPluginError PLAN_LIMIT
 */
export function writeMatrix(
  plan: Plan,
  { out, waves = plan.waves.length, github }: MatrixOutputs,
  env: NodeJS.ProcessEnv = process.env,
): void {
  const outputs = githubOutputs(plan, waves);
  if (out !== undefined) writeFileWhole(out, `${JSON.stringify(plan)}\n`);
  if (!github) return;
  if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, formatOutputs(outputs, `plan-${randomUUID()}`));
  if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, formatPlanSummary(plan));
}
