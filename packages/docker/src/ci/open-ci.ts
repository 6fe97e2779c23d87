import { workspaceRoot } from '@nx/devkit';
import { openWorkspace } from '../nx/open-workspace.js';
import type { DockerPluginOptions } from '../nx/plugin-options.js';
import { readPluginOptions } from '../reports/images/open-images.js';
import { readNxJson } from '../reports/images/plugin-entries.js';

/** The workspace around the current folder, and how its images are built and published. */
export interface OpenCi {
  readonly root: string;
  readonly options: DockerPluginOptions;
  /** The branch whose images are published, if the workspace names it. */
  readonly branch: string | undefined;
}

export async function openCi(root: string = workspaceRoot): Promise<OpenCi> {
  const workspace = await openWorkspace(root);
  const options = readPluginOptions(workspace);
  return { root, options, branch: options.ci?.branch ?? readNxJson(workspace).defaultBase };
}
