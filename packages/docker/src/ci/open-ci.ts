import { workspaceRoot } from '@nx/devkit';
import { openWorkspace } from '../nx/open-workspace.js';
import type { DockerPluginOptions } from '../nx/plugin-options.js';
import { readPluginOptions } from '../reports/open-images.js';

/** The workspace around the current folder, and how its images are built and published. */
export interface OpenCi {
  readonly root: string;
  readonly options: DockerPluginOptions;
}

export async function openCi(root: string = workspaceRoot): Promise<OpenCi> {
  return { root, options: readPluginOptions(await openWorkspace(root)) };
}
