import type { TargetConfiguration } from '@nx/devkit';

export const checkTargetName = 'k8s-check';

/** The options of the `@moltbook/docker:check` executor. */
export interface CheckExecutorOptions {
  /** Workspace-relative files, folders and globs. */
  readonly paths?: readonly string[];
}

export interface CheckedProject {
  readonly projectRoot: string;
  readonly projectName: string;
  readonly target: TargetConfiguration<CheckExecutorOptions>;
}
