import { defaultImageName, dockerfileSuffix, findProjectRoot, isDockerfilePath } from './dockerfile-names.js';
import type { Image } from './image.js';
import { type DockerPluginOptions, defaultTargetName, imageOptionsOf } from './plugin-options.js';
import { isProjectFolder, readProjectFacts } from './project-files.js';

/** Reads the images of a workspace from the paths that the glob of `createNodes` found. Never throws. */
export function readWorkspaceImages(
  workspaceRoot: string,
  paths: readonly string[],
  options: DockerPluginOptions,
): Image[] {
  return paths.filter(isDockerfilePath).flatMap((dockerfilePath) => {
    const projectRoot = findProjectRoot(dockerfilePath, (folder) => isProjectFolder(workspaceRoot, folder));
    return projectRoot === undefined ? [] : [readImage(workspaceRoot, dockerfilePath, projectRoot, options)];
  });
}

function readImage(
  workspaceRoot: string,
  dockerfilePath: string,
  projectRoot: string,
  options: DockerPluginOptions,
): Image {
  const project = readProjectFacts(workspaceRoot, projectRoot);
  const suffix = dockerfileSuffix(dockerfilePath, projectRoot);
  const own = imageOptionsOf(options, dockerfilePath);
  const name = own.imageName ?? defaultImageName(project.name, suffix);
  return {
    projectName: project.name,
    projectRoot,
    targetName: [options.targetName ?? defaultTargetName, suffix].filter(Boolean).join('-'),
    dockerfilePath,
    image: options.registry ? `${options.registry}/${name}` : name,
    buildContext: own.buildContext ?? '.',
    contextReason: 'default',
    options: own,
    problems: [],
  };
}
