import {
  type CreateDependencies,
  type CreateDependenciesContext,
  type CreateNodes,
  type CreateNodesResultArray,
  DependencyType,
  type ProjectConfiguration,
  type RawProjectGraphDependency,
} from '@nx/devkit';
import { formatProblem, type Problem } from './core/errors.js';
import { buildExecutor, dockerTarget } from './nx/docker-target.js';
import { dockerfileGlob } from './nx/dockerfile-names.js';
import { openWorkspace } from './nx/open-workspace.js';
import { checkPluginOptions, type DockerPluginOptions } from './nx/plugin-options.js';
import { readImages, type WorkspaceImage } from './nx/workspace-images.js';

export const name = '@moltbook/docker';

/** Infers a `docker-build` target for every Dockerfile of the workspace. */
export const createNodes: CreateNodes<DockerPluginOptions> = [
  dockerfileGlob,
  async (paths, pluginOptions, { workspaceRoot, nxJsonConfiguration }) => {
    const { images, problems } = await readImages({
      workspace: await openWorkspace(workspaceRoot),
      paths,
      pluginOptions,
      nxJson: nxJsonConfiguration,
    });
    warn([...problems, ...images.flatMap((image) => image.problems)]);
    return groupByProject(images).map(projectNodes);
  },
];

/** Nx 21 looks for this name only. */
export const createNodesV2 = createNodes;

/**
 * Makes an edge of every other project whose task has to run before an image can be built, and of every project whose
 * image a manifest names, so that `nx affected` and `nx graph` follow them.
 */
export const createDependencies: CreateDependencies<DockerPluginOptions> = async (pluginOptions, context) => {
  const { paths = [] } = checkPluginOptions(pluginOptions).options.kubernetes ?? {};
  if (paths.length === 0) return taskEdges(context);
  const { manifestEdges } = await import('./nx/manifest-edges.js');
  return [...taskEdges(context), ...manifestEdges(context, paths)];
};

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

/** Nx concatenates what one plugin says twice about a project, so that each project is said once. */
function groupByProject(images: readonly WorkspaceImage[]): WorkspaceImage[][] {
  const groups = new Map<string, WorkspaceImage[]>();
  for (const one of images)
    groups.set(one.image.projectRoot, [...(groups.get(one.image.projectRoot) ?? []), one]);
  return [...groups.values()];
}

function projectNodes(images: readonly WorkspaceImage[]): CreateNodesResultArray[number] {
  const [{ image }] = images as [WorkspaceImage];
  const targets = Object.fromEntries(images.map((one) => [one.image.targetName, dockerTarget(one)]));
  const project: Omit<ProjectConfiguration, 'root'> = {
    name: image.projectName,
    targets,
    metadata: { technologies: ['docker'] },
  };
  return [image.dockerfilePath, { projects: { [image.projectRoot]: project } }];
}
