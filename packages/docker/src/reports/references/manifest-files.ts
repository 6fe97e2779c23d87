import { minimatch } from 'minimatch';
import { DockerPluginError } from '../../core/errors.js';
import type { Workspace } from '../../nx/workspace.js';

/**
 * The files among which images are looked for: YAML, JSON and files called Kustomization, without what npm and Nx read
 * and without templates of Helm charts.
 *
 * @param paths Workspace-relative files, folders and globs. A file that is named itself is always taken.
 * @throws DockerPluginError OPTIONS_INVALID without paths, or for a path that is nowhere.
 */
export function manifestFiles({ index }: Pick<Workspace, 'index'>, paths: readonly string[]): string[] {
  if (paths.length === 0) throw noPaths();
  const wanted = paths.map((path) => path.replace(/^\.\//, '').replace(/\/+$/, '') || '.');
  const missing = wanted.find((path) => !index.paths.some((file) => isBelow(file, path)));
  if (missing !== undefined) throw nothingThere(missing);
  const charts = chartFolders(index.paths);
  return index.paths.filter(
    (file) =>
      wanted.includes(file) ||
      (isManifest(file) && !isTemplateFile(file, charts) && wanted.some((path) => isBelow(file, path))),
  );
}

/** Templates of the charts below some paths. They are never edited. */
export function templateFiles({ index }: Pick<Workspace, 'index'>, paths: readonly string[]): string[] {
  const charts = chartFolders(index.paths);
  return index.paths.filter(
    (file) => isTemplateFile(file, charts) && isManifest(file) && paths.some((path) => isBelow(file, path)),
  );
}

function isBelow(file: string, path: string): boolean {
  return path === '.' || file === path || file.startsWith(`${path}/`) || minimatch(file, path, { dot: true });
}

function isManifest(file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return /\.(?:ya?ml|json)$|^Kustomization$/.test(name) && !notManifests.test(name);
}

const notManifests =
  /^(?:project|package|package-lock|npm-shrinkwrap|nx|tsconfig.*|jsconfig)\.json$|^pnpm-lock\.yaml$/;

function chartFolders(files: readonly string[]): Set<string> {
  const charts = files.filter((file) => /(?:^|\/)Chart\.ya?ml$/.test(file));
  return new Set(charts.map((file) => file.slice(0, file.lastIndexOf('/') + 1)));
}

function isTemplateFile(file: string, charts: ReadonlySet<string>): boolean {
  const parts = [...file.matchAll(/(?:^|\/)templates\//g)];
  return parts.some(({ index, 0: text }) =>
    charts.has(file.slice(0, index + (text.startsWith('/') ? 1 : 0))),
  );
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
