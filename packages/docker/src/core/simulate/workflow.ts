/** A GitHub workflow as far as it decides which jobs run and what they may do. Texts still hold their expressions. */
export interface Workflow {
  /** Its `name`, or else its file. */
  readonly name: string;
  /** Workspace-relative. */
  readonly file: string;
  /** Events by name; `null` where an event is named without settings. */
  readonly triggers: Readonly<Record<string, TriggerSettings | null>>;
  readonly env: Settings;
  readonly concurrency: Concurrency | undefined;
  readonly permissions: PermissionsSetting;
  readonly defaults: RunDefaults;
  readonly jobs: readonly WorkflowJob[];
}

export type Settings = Readonly<Record<string, unknown>>;
export type TriggerSettings = Readonly<Record<string, unknown>>;

/** Scopes and their access, one word for all of them, or undefined where the workflow says nothing. */
export type PermissionsSetting = 'read-all' | 'write-all' | Readonly<Record<string, string>> | undefined;

export interface RunDefaults {
  readonly shell: string | undefined;
  readonly workingDirectory: string | undefined;
}

export interface Concurrency {
  readonly group: string;
  /** A boolean, or an expression. */
  readonly cancelInProgress: boolean | string;
}

export interface WorkflowJob {
  readonly id: string;
  /** Where its key stands; counts from 1. */
  readonly line: number;
  readonly name: string | undefined;
  readonly needs: readonly string[];
  readonly condition: string | undefined;
  readonly runsOn: unknown;
  readonly permissions: PermissionsSetting;
  readonly concurrency: Concurrency | undefined;
  readonly env: Settings;
  readonly defaults: RunDefaults;
  readonly outputs: Readonly<Record<string, string>>;
  readonly timeoutMinutes: number;
  readonly continueOnError: boolean | string;
  /** `matrix` below `strategy`, unevaluated. */
  readonly matrix: unknown;
  readonly failFast: boolean | string;
  readonly maxParallel: number | undefined;
  /** A reusable workflow that it calls in place of having steps. */
  readonly uses: string | undefined;
  readonly steps: readonly WorkflowStep[];
}

export interface WorkflowStep {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly condition: string | undefined;
  readonly uses: string | undefined;
  readonly run: string | undefined;
  readonly with: Settings;
  readonly env: Settings;
  readonly shell: string | undefined;
  readonly workingDirectory: string | undefined;
  readonly continueOnError: boolean | string;
}
