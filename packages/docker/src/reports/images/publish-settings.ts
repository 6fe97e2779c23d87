import type { NxJsonConfiguration } from '@nx/devkit';
import { checkPluginOptions, type DockerPluginOptions } from '../../nx/plugin-options.js';
import { pluginEntries } from './plugin-entries.js';

/** How the images of a workspace are published. */
export interface PublishSettings {
  /** Those of the first entry of the plugin, which count for all images; wrong ones are left out. */
  readonly options: DockerPluginOptions;
  /** The branch whose images are published, if the workspace names it. */
  readonly branch: string | undefined;
}

export function publishSettings(nxJson: NxJsonConfiguration): PublishSettings {
  const [entry] = pluginEntries(nxJson);
  const { options } = checkPluginOptions(entry?.options);
  return { options, branch: options.ci?.branch ?? nxJson.defaultBase };
}
