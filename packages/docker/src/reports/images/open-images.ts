import { workspaceRoot } from '@nx/devkit';
import { DockerPluginError } from '../../core/errors.js';
import { openWorkspace } from '../../nx/open-workspace.js';
import { checkPluginOptions, type DockerPluginOptions } from '../../nx/plugin-options.js';
import type { Workspace } from '../../nx/workspace.js';
import { readImages, type WorkspaceImage, type WorkspaceImages } from '../../nx/workspace-images.js';
import { matchPluginEntry } from './match-plugin-entry.js';
import { pluginEntries, readNxJson } from './plugin-entries.js';

/** The images of the workspace around the current folder, and its root. */
export interface OpenImages extends WorkspaceImages {
  readonly root: string;
}

/**
 * Reads the images that the plugin gives to Nx, from the files on disk.
 *
 * @throws DockerPluginError OPTIONS_INVALID where nx.json does not list the plugin.
 */
export async function openImages(root: string = workspaceRoot): Promise<OpenImages> {
  return { root, ...(await readListedImages(await openWorkspace(root))) };
}

/**
 * Reads the images that the plugin gives to Nx, from its entries in nx.json. It asks for no project graph: that takes
 * a hundred times as long, and explain has to work where something else breaks the graph.
 *
 * @throws DockerPluginError OPTIONS_INVALID where nx.json does not list the plugin.
 */
export async function readListedImages(workspace: Workspace): Promise<WorkspaceImages> {
  const nxJson = readNxJson(workspace);
  const entries = pluginEntries(nxJson);
  if (entries.length === 0) throw notListed();
  const models = await Promise.all(
    entries.map((entry) => {
      const paths = workspace.index.paths.filter(matchPluginEntry(entry));
      return readImages({ workspace, paths, pluginOptions: entry.options, nxJson });
    }),
  );
  const images = models.flatMap((model) => model.images);
  return {
    workspace,
    images: [...new Map(images.map((image) => [targetOf(image), image])).values()],
    problems: models.flatMap((model) => model.problems),
  };
}

/**
 * The plugin options of the first entry in nx.json, which say how CI builds and publishes all images. Wrong ones are
 * left out.
 */
export function readPluginOptions(workspace: Workspace): DockerPluginOptions {
  const [entry] = pluginEntries(readNxJson(workspace));
  return checkPluginOptions(entry?.options).options;
}

/** Where two entries take the same Dockerfile, Nx lets the later one win. */
function targetOf({ image: { projectRoot, targetName } }: WorkspaceImage): string {
  return `${projectRoot} ${targetName}`;
}

function notListed(): DockerPluginError {
  return new DockerPluginError({
    code: 'OPTIONS_INVALID',
    severity: 'error',
    message: 'nx.json does not list the plugin @moltbook/docker, so that no Dockerfile is taken for an image',
    fix: 'run npx nx g @moltbook/docker:init',
  });
}
