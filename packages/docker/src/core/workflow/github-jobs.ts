import type { JobContext } from './github-steps.js';
import { indent, type Lines } from './yaml-text.js';

export interface Job {
  readonly id: string;
  /** Above the job, what it is for. */
  readonly comment: readonly string[];
  readonly name?: string;
  readonly needs: readonly string[];
  readonly if?: string;
  readonly runner: string;
  readonly timeoutMinutes: number;
  /** Serialises the job over all runs. */
  readonly concurrency?: string;
  /** `scope: access`, each with its reason; none for a job that needs no token. */
  readonly permissions: readonly string[];
  readonly outputs?: readonly string[];
  /** Name of the plan's output with the entries. */
  readonly matrix?: string;
  readonly steps: Lines;
}

export function formatJob(job: Job): string[] {
  return [
    ...job.comment.map((line) => `# ${line}`),
    `${job.id}:`,
    ...indent(2, [
      job.name !== undefined && `name: ${job.name}`,
      job.needs.length > 0 && `needs: [${job.needs.join(', ')}]`,
      job.if !== undefined && `if: \${{ ${job.if} }}`,
      `runs-on: ${job.runner}`,
      `timeout-minutes: ${job.timeoutMinutes}`,
      job.concurrency !== undefined && [
        'concurrency:',
        `  group: ${job.concurrency}`,
        '  cancel-in-progress: false',
      ],
      job.permissions.length === 0 ? 'permissions: {}' : ['permissions:', indent(2, job.permissions)],
      job.outputs !== undefined && ['outputs:', indent(2, job.outputs)],
      job.matrix !== undefined && [
        'strategy:',
        '  fail-fast: false # one broken image does not stop the others',
        '  matrix:',
        `    include: \${{ fromJSON(needs.plan.outputs.${job.matrix}) }}`,
      ],
      'steps:',
      indent(2, job.steps),
    ]),
  ];
}

/** Runs of people's own code: nothing of them may be published. */
export const isUntrusted = "(github.event_name == 'pull_request' || github.event_name == 'merge_group')";

/** Decided by the event, never by an output that the code of a pull request could have written. */
export function isTrusted({ shape }: JobContext): string {
  const events = ['push', 'workflow_dispatch', ...(shape.options.schedule === undefined ? [] : ['schedule'])];
  return `(${events.map((event) => `github.event_name == '${event}'`).join(' || ')})`;
}

/** For a need that is skipped when it has nothing to do. */
export function isDone(job: string): string {
  return `contains(fromJSON('["success","skipped"]'), needs.${job}.result)`;
}

/** The jobs that build and push. */
export function buildJobs({ shape, settings }: JobContext): string[] {
  const count = settings.isSingle ? 1 : shape.waves;
  return Array.from({ length: count }, (_, wave) => `build_${wave}`);
}
