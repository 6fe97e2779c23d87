import { workspaceRoot } from '@nx/devkit';
import { openWorkspace } from '../nx/open-workspace.js';
import { readNxJson } from '../reports/images/plugin-entries.js';
import { type PublishSettings, publishSettings } from '../reports/images/publish-settings.js';

/** The workspace around the current folder, and how its images are built and published. */
export interface OpenCi extends PublishSettings {
  readonly root: string;
}

export async function openCi(root: string = workspaceRoot): Promise<OpenCi> {
  return { root, ...publishSettings(readNxJson(await openWorkspace(root))) };
}
