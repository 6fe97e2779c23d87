import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@nx/devkit';
import { findUses } from '../../core/workflow/find-uses.js';
import { judgeUse } from '../../core/workflow/judge-use.js';

/** A place that uses an action. */
export interface PinUse {
  readonly action: string;
  /** A commit, or what stands in its place. */
  readonly ref: string;
  /** From the comment beside it; empty without one. */
  readonly version: string;
  /** Workspace-relative. */
  readonly file: string;
  readonly line: number;
  /** What is wrong with it. */
  readonly fault?: string;
}

/** Lists the actions that the workflows of a repository use, by file and line. */
export function listPins(root: string = workspaceRoot): PinUse[] {
  return workflowFiles(root).flatMap((file) =>
    findUses(readFileSync(join(root, file), 'utf8')).map(({ action, ref, comment, line }) => {
      const fault = judgeUse({ ref, comment });
      return { action, ref, version: comment, file, line, ...(fault !== undefined && { fault }) };
    }),
  );
}

function workflowFiles(root: string): string[] {
  const folder = '.github/workflows';
  return namesIn(join(root, folder))
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => `${folder}/${name}`);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
