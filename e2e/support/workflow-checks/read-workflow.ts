import { parse } from 'yaml';

/** A generated workflow, as its policy looks at it. */
export interface CheckedWorkflow {
  readonly text: string;
  readonly triggers: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly shell: unknown;
  readonly jobs: readonly CheckedJob[];
}

export interface CheckedJob {
  readonly id: string;
  readonly if: string;
  readonly needs: readonly string[];
  readonly permissions: Readonly<Record<string, string>> | undefined;
  readonly outputs: readonly string[];
  readonly matrix: string | undefined;
  readonly hasTimeout: boolean;
  readonly concurrency: Readonly<Record<string, unknown>> | undefined;
  readonly steps: readonly CheckedStep[];
}

export interface CheckedStep {
  /** Without the commit: `actions/checkout`. */
  readonly action: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly run: string;
  readonly if: string;
  readonly text: string;
}

export function readWorkflow(text: string): CheckedWorkflow {
  const root = parse(text);
  return {
    text,
    triggers: typeof root.on === 'object' && !Array.isArray(root.on) ? root.on : { unreadable: root.on },
    permissions: root.permissions,
    shell: root.defaults?.run?.shell,
    jobs: Object.keys(root.jobs ?? {}).map((id) => readJob(id, root.jobs[id])),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the YAML of a test may hold anything.
function readJob(id: string, job: any): CheckedJob {
  const include = job.strategy?.matrix?.include;
  return {
    id,
    if: String(job.if ?? ''),
    needs: [job.needs ?? []].flat(),
    permissions: job.permissions,
    outputs: Object.keys(job.outputs ?? {}),
    matrix: include === undefined ? undefined : String(include),
    hasTimeout: Number.isInteger(job['timeout-minutes']),
    concurrency: job.concurrency,
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    steps: (job.steps ?? []).map((step: any) => ({
      action: String(step.uses ?? '').replace(/@.*/, ''),
      inputs: step.with ?? {},
      run: String(step.run ?? ''),
      if: String(step.if ?? ''),
      text: JSON.stringify(step),
    })),
  };
}
