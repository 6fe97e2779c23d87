import type { TargetConfiguration } from '@nx/devkit';
import type { BuildExecutorOptions } from './build-options.js';
import type { Image } from './image.js';

/** The inferred target of an image. Nothing volatile is in it: no revision, no date, no environment. */
export function dockerTarget(image: Image): TargetConfiguration<BuildExecutorOptions> {
  return {
    executor: '@moltbook/docker:build',
    // An image lives in an engine or a registry, where Nx's cache can neither see nor restore it.
    cache: false,
    inputs: ['{workspaceRoot}/**/*'],
    outputs: [`{workspaceRoot}/${recordPath(image.projectName, image.targetName)}`],
    options: buildOptions(image),
    metadata: {
      technologies: ['docker'],
      description: `Builds ${image.image} from ${image.dockerfilePath} with context ${image.buildContext}`,
      help: {
        command: `npx nx run ${image.projectName}:${image.targetName} --print`,
        example: { options: { noCache: true }, args: ['--progress=plain'] },
      },
    },
  };
}

/** Workspace-relative path of the record that a build leaves. */
export function recordPath(projectName: string, targetName: string): string {
  const suffix = targetName.replace(/^docker-build-?/, '');
  const name = [projectName, suffix].filter(Boolean).join('-');
  return `dist/docker/${name.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '')}.json`;
}

function buildOptions(image: Image): BuildExecutorOptions {
  const { targetStage, buildArgs, platforms, secrets, namedContexts, onbuild, strict } = image.options;
  return {
    dockerfile: image.dockerfilePath,
    buildContext: image.buildContext,
    image: image.image,
    ...(targetStage !== undefined && { targetStage }),
    ...(buildArgs && Object.keys(buildArgs).length > 0 && { buildArgs }),
    ...(platforms && { platforms }),
    ...(secrets && { secrets }),
    ...(namedContexts && { namedContexts }),
    ...(onbuild && { onbuild }),
    ...(strict && { strict }),
  };
}
