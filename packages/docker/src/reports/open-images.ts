import { join } from 'node:path';
import { createProjectGraphAsync, type NxJsonConfiguration, readJsonFile, workspaceRoot } from '@nx/devkit';
import { buildExecutor } from '../nx/docker-target.js';
import { readImages, type WorkspaceImages } from '../nx/workspace-images.js';

/** The images of the workspace around the current folder, and its root. */
export interface OpenImages extends WorkspaceImages {
  readonly root: string;
}

/** Reads the images that Nx knows: its own graph tells which Dockerfiles the plugin was given. */
export async function openImages(): Promise<OpenImages> {
  const graph = await createProjectGraphAsync();
  const targets = Object.values(graph.nodes).flatMap(({ data }) => Object.values(data.targets ?? {}));
  const paths = targets
    .filter(({ executor }) => executor === buildExecutor)
    .flatMap(({ options }) =>
      typeof options?.dockerfile === 'string' ? [options.dockerfile as string] : [],
    );
  const nxJson = readJsonFile<NxJsonConfiguration>(join(workspaceRoot, 'nx.json'));
  const images = await readImages({
    workspaceRoot,
    paths: [...new Set(paths)],
    pluginOptions: pluginOptions(nxJson.plugins),
    nxJson,
  });
  return { ...images, root: workspaceRoot };
}

function pluginOptions(plugins: NxJsonConfiguration['plugins']): unknown {
  for (const entry of plugins ?? [])
    if (typeof entry !== 'string' && /^@moltbook\/docker(?:\/plugin)?$/.test(entry.plugin))
      return entry.options;
  return undefined;
}
