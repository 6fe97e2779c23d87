import { DockerPluginError } from '../../core/errors.js';
import { findManifests, matchPath } from '../../nx/manifest-paths.js';
import type { Workspace } from '../../nx/workspace.js';

/**
 * The files among which images are looked for: YAML, JSON and files called Kustomization, without what npm and Nx read
 * and without templates of Helm charts.
 *
 * @param paths Workspace-relative files, folders and globs. A file that is named itself is always taken.
 * @throws DockerPluginError OPTIONS_INVALID without paths, or for a path that is nowhere.
 */
export function manifestFiles(
  { index }: Pick<Workspace, 'index'>,
  paths: readonly string[],
): readonly string[] {
  if (paths.length === 0) throw noPaths();
  const missing = paths.find((path) => !index.paths.some(matchPath(path)));
  if (missing !== undefined) throw nothingThere(missing);
  return findManifests(index.paths, paths).manifests;
}

/** Templates of the charts below some paths. They are never edited. */
export function templateFiles(
  { index }: Pick<Workspace, 'index'>,
  paths: readonly string[],
): readonly string[] {
  return findManifests(index.paths, paths).templates;
}

function noPaths(): DockerPluginError {
  return new DockerPluginError({
    code: 'OPTIONS_INVALID',
    severity: 'error',
    message: 'nothing says which files are manifests',
    fix: 'name them, as in moltbook-docker k8s check k8s, or set "kubernetes": { "paths": ["k8s"] } in the plugin options in nx.json',
  });
}

function nothingThere(path: string): DockerPluginError {
  return new DockerPluginError({
    code: 'OPTIONS_INVALID',
    severity: 'error',
    message: `there is no file at or below ${JSON.stringify(path)}`,
    fix: 'correct the path: it starts at the workspace root',
  });
}
