import { joinPath } from '../core/image/context-folder.js';
import type { CheckedProject } from './checked-project.js';
import { findProjectRoot } from './dockerfile-names.js';
import type { DeclaredImage } from './image.js';
import { cleanPath, findManifests, isGlob } from './manifest-paths.js';
import { nxInputs } from './nx-inputs.js';
import { projectReader } from './project-files.js';
import type { Workspace } from './workspace.js';

export interface CheckTargetsOptions {
  readonly workspace: Workspace;
  /** `kubernetes.paths` of the plugin options. */
  readonly paths: readonly string[];
  /** All that a manifest may name. */
  readonly images: readonly DeclaredImage[];
  /** True where other images are known to another entry of the plugin. */
  readonly hasOthers?: boolean;
}

/**
 * The target that checks manifests, for each project that owns a path of `kubernetes.paths`: the nearest one at or above
 * it, else those below that own what is there. Paths of no project are left to the command line.
 */
export function checkTargets({ workspace, images, ...options }: CheckTargetsOptions): CheckedProject[] {
  const paths = [...new Set(options.paths.map(cleanPath))];
  const projects = projectReader(workspace);
  const isProject = (folder: string) =>
    folder === '.' ? isRootProject(workspace, images) : projects.isProject(folder);
  const owned = new Map<string, string[]>();
  for (const path of paths)
    for (const [owner, own] of ownersOf(path, workspace, isProject))
      owned.set(owner, [...(owned.get(owner) ?? []), ...own]);
  const inputs = checkInputs({ ...options, workspace, paths, images });
  return [...owned].map(([projectRoot, own]) => ({
    projectRoot,
    projectName: projects.facts(projectRoot).name,
    target: checkTarget(own, inputs(projectRoot)),
  }));
}

function checkTarget(paths: readonly string[], inputs: string[]): CheckedProject['target'] {
  return {
    executor: '@moltbook/docker:check',
    cache: true,
    inputs,
    outputs: [],
    options: { paths },
    metadata: {
      technologies: ['kubernetes'],
      description: `Compares the references of images in ${paths.join(', ')} with each other and with the Dockerfiles`,
      help: { command: 'npx moltbook-docker k8s check', example: {} },
    },
  };
}

/** With every file in the workspace that it owns, the root is only a project where it was made one. */
function isRootProject({ readText }: Workspace, images: readonly DeclaredImage[]): boolean {
  const hasImage = images.some(({ projectRoot }) => projectRoot === '.');
  return hasImage || readText('project.json') !== undefined || hasNxKey(readText('package.json'));
}

function hasNxKey(text: string | undefined): boolean {
  try {
    return typeof (JSON.parse(text ?? '{}') as { nx?: unknown }).nx === 'object';
  } catch {
    return false;
  }
}

/** The projects that own what is at a path, with what they own of it. */
function ownersOf(
  path: string,
  { index }: Workspace,
  isProject: (folder: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const isNamed = index.paths.some((file) => file === path || file.startsWith(`${path}/`));
  const fixed = isNamed || !isGlob(path) ? path : beforeGlob(path);
  const isFile = index.paths.includes(fixed);
  const above = findProjectRoot(isFile ? fixed : `${fixed}/x`, isProject);
  if (above !== undefined) return new Map([[above, [path]]]);
  const below = new Map<string, string[]>();
  // Most JSON in a project is no manifest.
  const files = findManifests(index.paths, [path]).manifests.filter((file) => !file.endsWith('.json'));
  for (const file of files) {
    const owner = findProjectRoot(file, isProject);
    if (owner !== undefined) below.set(owner, [...(below.get(owner) ?? []), file]);
  }
  return fixed === path ? new Map([...below.keys()].map((owner) => [owner, [owner]])) : below;
}

function beforeGlob(path: string): string {
  const parts = path.split('/');
  return parts.slice(0, parts.findIndex(isGlob)).join('/') || '.';
}

/**
 * All that the check reads: the manifests of all paths, since those of another project may stand above, kustomizations,
 * and what says how images are called and which ports they expose.
 */
function checkInputs({
  workspace,
  paths,
  images,
  hasOthers,
}: CheckTargetsOptions): (projectRoot: string) => string[] {
  const files = workspace.index.paths;
  const isNamed = (path: string) => files.some((file) => file === path || file.startsWith(`${path}/`));
  const globs = paths.filter((path) => isGlob(path) && !isNamed(path));
  const positive = [
    ...paths
      .filter((path) => !globs.includes(path))
      .map((path) => (files.includes(path) ? path : below(path))),
    'nx.json',
    ...images.flatMap((image) => [
      image.dockerfilePath,
      joinPath(image.projectRoot, 'project.json'),
      joinPath(image.projectRoot, 'package.json'),
    ]),
    ...anywhere,
    ...(hasOthers ? anyImage : []),
  ];
  const patterns = { positive: [...new Set(positive)], negative: [] };
  const ofGlobs = globs.map((glob) => `{workspaceRoot}/${glob}`);
  return (projectRoot) => [...nxInputs(patterns, projectRoot), ...ofGlobs];
}

function below(path: string): string {
  return path === '.' ? '**/*' : `${path}/**/*`;
}

const anywhere = [
  '**/kustomization.y*ml',
  '**/Kustomization',
  '**/Chart.y*ml',
  '**/docker-bake.*',
  '**/compose.y*ml',
  '**/docker-compose.y*ml',
];

const anyImage = [
  '**/Dockerfile*',
  '**/dockerfile*',
  '**/Containerfile*',
  '**/*.Dockerfile',
  '**/*.dockerfile',
  '**/project.json',
  '**/package.json',
];
