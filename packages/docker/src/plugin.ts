import {
  type CreateDependencies,
  type CreateDependenciesContext,
  type CreateNodes,
  type CreateNodesResultArray,
  DependencyType,
  type NxJsonConfiguration,
  type ProjectConfiguration,
  type RawProjectGraphDependency,
} from '@nx/devkit';
import { formatProblem, type Problem } from './core/errors.js';
import { type CheckedProject, checkTargetName } from './nx/checked-project.js';
import { buildExecutor, dockerTarget } from './nx/docker-target.js';
import { dockerfileGlob } from './nx/dockerfile-names.js';
import { leaveOutCircles } from './nx/leave-out-circles.js';
import type { ManifestEdge } from './nx/manifest-edges.js';
import { openWorkspace } from './nx/open-workspace.js';
import { checkPluginOptions, type DockerPluginOptions } from './nx/plugin-options.js';
import { readImages, type WorkspaceImage, type WorkspaceImages } from './nx/workspace-images.js';

export const name = '@moltbook/docker';

/** Infers a `docker-build` target for every Dockerfile of the workspace, and `k8s-check` for projects with manifests. */
export const createNodes: CreateNodes<DockerPluginOptions> = [
  dockerfileGlob,
  async (paths, pluginOptions, { workspaceRoot, nxJsonConfiguration }) => {
    const workspace = await openWorkspace(workspaceRoot);
    const model = await readImages({ workspace, paths, pluginOptions, nxJson: nxJsonConfiguration });
    const { images, problems } = model;
    warn([...problems, ...images.flatMap((image) => image.problems)]);
    const checks = await readChecks(model, pluginOptions, nxJsonConfiguration);
    return projectRoots(images, checks).map((root) =>
      projectNodes(
        root,
        images.filter(({ image }) => image.projectRoot === root),
        checks.filter(({ projectRoot }) => projectRoot === root),
      ),
    );
  },
];

/** Nx 21 looks for this name only. */
export const createNodesV2 = createNodes;

/**
 * Makes an edge of every other project whose task has to run before an image can be built, and of every project whose
 * image a manifest names, so that `nx affected` and `nx graph` follow them.
 */
export const createDependencies: CreateDependencies<DockerPluginOptions> = async (pluginOptions, context) => {
  const paths = manifestPaths(pluginOptions);
  if (paths.length === 0) return taskEdges(context);
  const { manifestEdges } = await import('./nx/manifest-edges.js');
  const fixed = taskEdges(context);
  const { kept, left } = leaveOutCircles(fixed, manifestEdges(context, paths));
  for (const edge of left) console.warn(formatProblem(circle(edge)));
  return [...fixed, ...kept];
};

function circle({ source, target, sourceFile }: ManifestEdge): Problem {
  return {
    code: 'ADVICE',
    severity: 'warning',
    message: `${source} has a manifest that names an image of ${target}, which depends on ${source} itself: the graph has no edge for it`,
    fix: 'put the manifest into a project of its own, without code, so that nothing has to depend on it',
    place: { file: sourceFile, line: 1, column: 1 },
  };
}

function taskEdges({ projects }: Pick<CreateDependenciesContext, 'projects'>): RawProjectGraphDependency[] {
  return Object.entries(projects).flatMap(([source, project]) =>
    Object.values(project.targets ?? {}).flatMap(({ executor, dependsOn = [], options }) => {
      if (executor !== buildExecutor || typeof options?.dockerfile !== 'string') return [];
      return dependsOn
        .flatMap((dependency) => (typeof dependency === 'string' ? [] : (dependency.projects ?? [])))
        .filter((target) => target !== source && Object.hasOwn(projects, target))
        .map((target): RawProjectGraphDependency => {
          return { source, target, type: DependencyType.static, sourceFile: options.dockerfile };
        });
    }),
  );
}

/**
 * Standard output belongs to `nx show --json`, and every Nx command comes by here: only what will fail a build is
 * said, on standard error. Warnings are for the build itself and for explain.
 */
function warn(problems: readonly Problem[]): void {
  for (const problem of problems) if (problem.severity === 'error') console.warn(formatProblem(problem));
}

async function readChecks(
  { workspace, images }: Pick<WorkspaceImages, 'workspace' | 'images'>,
  pluginOptions: unknown,
  { plugins = [] }: NxJsonConfiguration,
): Promise<readonly CheckedProject[]> {
  const paths = manifestPaths(pluginOptions);
  if (paths.length === 0) return [];
  const { checkTargets } = await import('./nx/check-targets.js');
  const names = plugins.map((entry) => (typeof entry === 'string' ? entry : entry.plugin));
  const hasOthers = names.filter((each) => each === name || each === `${name}/plugin`).length > 1;
  return checkTargets({ workspace, paths, images: images.map(({ image }) => image), hasOthers });
}

/** Wrong options are named where the images are read. */
function manifestPaths(pluginOptions: unknown): readonly string[] {
  return checkPluginOptions(pluginOptions).options.kubernetes?.paths ?? [];
}

/** Nx concatenates what one plugin says twice about a project, so that each project is said once. */
function projectRoots(images: readonly WorkspaceImage[], checks: readonly CheckedProject[]): string[] {
  const roots = [...images.map(({ image }) => image.projectRoot), ...checks.map((each) => each.projectRoot)];
  return [...new Set(roots)];
}

function projectNodes(
  root: string,
  images: readonly WorkspaceImage[],
  checks: readonly CheckedProject[],
): CreateNodesResultArray[number] {
  const [source = 'nx.json'] = images.map(({ image }) => image.dockerfilePath);
  const [name = ''] = [
    ...images.map(({ image }) => image.projectName),
    ...checks.map((each) => each.projectName),
  ];
  const project: Omit<ProjectConfiguration, 'root'> = {
    name,
    targets: Object.fromEntries([
      ...checks.map(({ target }) => [checkTargetName, target] as const),
      ...images.map((one) => [one.image.targetName, dockerTarget(one)] as const),
    ]),
    metadata: {
      technologies: [...(images.length > 0 ? ['docker'] : []), ...(checks.length > 0 ? ['kubernetes'] : [])],
    },
  };
  return [source, { projects: { [root]: project } }];
}
