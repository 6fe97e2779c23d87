import { gateRules } from './gate-rules.js';
import { jobRules } from './job-rules.js';
import { pinRules } from './pin-rules.js';
import { readWorkflow } from './read-workflow.js';
import { stepRules } from './step-rules.js';

/**
 * What a generated workflow does against the rules of this project that no linter knows: one sentence each, none for a
 * workflow that keeps them all.
 */
export function checkWorkflowPolicy(text: string): string[] {
  const workflow = readWorkflow(text);
  return [
    ...pinRules(workflow),
    ...gateRules(workflow),
    ...workflow.jobs.flatMap((job) =>
      [...jobRules(job), ...stepRules(job)].map((each) => `${job.id}: ${each}`),
    ),
  ];
}
