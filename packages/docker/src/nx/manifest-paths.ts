import { Minimatch } from 'minimatch';

/** Among all files of a workspace, those that `kubernetes.paths` means. Paths are workspace-relative. */
export interface ManifestPaths {
  /** YAML, JSON and files called Kustomization, without what npm and Nx read; a file that is named itself always. */
  readonly manifests: readonly string[];
  /** Templates of Helm charts, which are no YAML yet. */
  readonly templates: readonly string[];
}

/** @param paths Files, folders and globs; a glob is for files. */
export function findManifests(files: readonly string[], paths: readonly string[]): ManifestPaths {
  const matchers = paths.map(matchPath);
  const isMeant = (file: string) => matchers.some((matches) => matches(file));
  const named = new Set(paths.map(cleanPath));
  const charts = chartFolders(files);
  const isTemplate = (file: string) => isTemplateFile(file, charts);
  const found = files.filter((file) => named.has(file) || (isManifest(file) && isMeant(file)));
  return {
    manifests: found.filter((file) => named.has(file) || !isTemplate(file)),
    templates: found.filter(isTemplate),
  };
}

/** Tells which files are at or below a path, or match it as a glob. */
export function matchPath(given: string): (file: string) => boolean {
  const path = cleanPath(given);
  const isBelow = (file: string) => path === '.' || file === path || file.startsWith(`${path}/`);
  if (!isGlob(path)) return isBelow;
  const glob = new Minimatch(path, { dot: true });
  return (file) => isBelow(file) || glob.match(file);
}

export function cleanPath(path: string): string {
  return path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '') || '.';
}

/** True for what minimatch reads as more than a name; a file can have such a name all the same. */
export function isGlob(path: string): boolean {
  return /[*?[\]{}()!+@\\]/.test(path);
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
