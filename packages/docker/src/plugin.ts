import type { CreateNodes, CreateNodesResultArray, ProjectConfiguration } from '@nx/devkit';
import { formatProblem } from './core/errors.js';
import { dockerTarget } from './nx/docker-target.js';
import { dockerfileGlob } from './nx/dockerfile-names.js';
import type { Image } from './nx/image.js';
import { checkPluginOptions, type DockerPluginOptions } from './nx/plugin-options.js';
import { readWorkspaceImages } from './nx/workspace-images.js';

export const name = '@moltbook/docker';

/** Infers a `docker-build` target for every Dockerfile of the workspace. */
export const createNodes: CreateNodes<DockerPluginOptions> = [
  dockerfileGlob,
  (paths, given, { workspaceRoot }) => {
    const { options, problems } = checkPluginOptions(given);
    const images = readWorkspaceImages(workspaceRoot, paths, options);
    // Standard output belongs to `nx show --json`: everything said here goes to standard error.
    for (const problem of [...problems, ...images.flatMap((image) => image.problems)]) {
      console.warn(formatProblem(problem));
    }
    return groupByProject(images).map(projectNodes);
  },
];

/** Nx 21 looks for this name only. */
export const createNodesV2 = createNodes;

/** Nx concatenates what one plugin says twice about a project, so that each project is said once. */
function groupByProject(images: readonly Image[]): Image[][] {
  const groups = new Map<string, Image[]>();
  for (const image of images)
    groups.set(image.projectRoot, [...(groups.get(image.projectRoot) ?? []), image]);
  return [...groups.values()];
}

function projectNodes(images: readonly Image[]): CreateNodesResultArray[number] {
  const [first] = images as [Image];
  const targets = Object.fromEntries(images.map((image) => [image.targetName, dockerTarget(image)]));
  const project: Omit<ProjectConfiguration, 'root'> = {
    name: first.projectName,
    targets,
    metadata: { technologies: ['docker'] },
  };
  return [first.dockerfilePath, { projects: { [first.projectRoot]: project } }];
}
