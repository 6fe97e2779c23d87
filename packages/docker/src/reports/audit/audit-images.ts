import type { NxJsonConfiguration } from '@nx/devkit';
import { joinPath } from '../../core/image/context-folder.js';
import { isDockerfilePath } from '../../nx/dockerfile-names.js';
import type { Workspace } from '../../nx/workspace.js';
import { readImages, type WorkspaceImage } from '../../nx/workspace-images.js';
import { matchPluginEntry } from '../images/match-plugin-entry.js';
import { readNxJsonAlone } from './audit-nx-json.js';

/**
 * Reads the images of any repository, with Nx or without it: by the plugin's entries in nx.json where it has some, else
 * one for each Dockerfile. Where no folder around a Dockerfile is a project, its own folder counts as one.
 */
export async function readAuditImages(workspace: Workspace): Promise<WorkspaceImage[]> {
  const nxJson = readNxJsonAlone(workspace);
  const entries = entriesOf(nxJson);
  const all = workspace.index.paths.filter(isDockerfilePath);
  const given = entries.length > 0 ? entries : [{ plugin: '', options: undefined }];
  const models = await Promise.all(
    given.map((entry) => {
      const paths = all.filter(matchPluginEntry(entry));
      return readImages({
        workspace: withProjects(workspace, paths),
        paths,
        pluginOptions: entry.options,
        nxJson,
      });
    }),
  );
  const images = models.flatMap((model) => model.images);
  return [...new Map(images.map((each) => [each.image.dockerfilePath, each])).values()];
}

function entriesOf({ plugins = [] }: NxJsonConfiguration) {
  if (!Array.isArray(plugins)) return [];
  return plugins
    .map((entry) => (typeof entry === 'string' ? { plugin: entry } : entry))
    .filter(({ plugin }) => plugin === '@moltbook/docker' || plugin === '@moltbook/docker/plugin');
}

/** The workspace, as if there were a project.json for each Dockerfile that is in no project. */
function withProjects(workspace: Workspace, dockerfiles: readonly string[]): Workspace {
  const made = new Map<string, string>();
  const folders = new Set(workspace.index.paths.filter(isProjectFile).map(folderOf));
  for (const path of dockerfiles) {
    const folder = folderOf(path);
    const isInProject = [...parents(folder), '.'].some((each) => folders.has(each));
    if (!isInProject)
      made.set(joinPath(folder, 'project.json'), JSON.stringify({ name: nameOf(folder, workspace) }));
  }
  if (made.size === 0) return workspace;
  return { ...workspace, readText: (path) => made.get(path) ?? workspace.readText(path) };
}

function isProjectFile(path: string): boolean {
  return /(?:^|\/)(?:project|package)\.json$/.test(path);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';
}

function parents(folder: string): string[] {
  const parts = folder.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Unique among the folders of a repository. */
function nameOf(folder: string, { name }: Workspace): string {
  return folder === '.' ? name : folder.replaceAll('/', '-');
}
