import type { TargetConfiguration } from '@nx/devkit';
import type { BaseOption, BuildExecutorOptions } from './build-options.js';
import { nxInputs } from './nx-inputs.js';
import type { WorkspaceImage } from './workspace-images.js';

type Input = NonNullable<TargetConfiguration['inputs']>[number];
type Dependency = NonNullable<TargetConfiguration['dependsOn']>[number];

export const buildExecutor = '@moltbook/docker:build';

/** The inferred target of an image. Nothing volatile is in it: no revision, no date, no environment. */
export function dockerTarget(workspaceImage: WorkspaceImage): TargetConfiguration<BuildExecutorOptions> {
  const { image } = workspaceImage;
  const dependsOn = dependencies(workspaceImage);
  return {
    executor: buildExecutor,
    // An image lives in an engine or a registry, where Nx's cache can neither see nor restore it.
    cache: false,
    inputs: inputs(workspaceImage),
    outputs: [`{workspaceRoot}/${recordPath(image.projectName, image.targetName)}`],
    ...(dependsOn.length > 0 && { dependsOn }),
    options: buildOptions(workspaceImage),
    // Nx gives the configuration on to the targets of base images, which have it too.
    configurations: { publish: { publish: true } },
    metadata: {
      technologies: ['docker'],
      description: `Builds ${image.image} from ${image.dockerfilePath}; the build context is ${image.buildContext}`,
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

/** What other tasks make is no file of git: Nx follows it by the outputs of those tasks. */
function inputs({ image, inputs: patterns, producers }: WorkspaceImage): Input[] {
  const made: Input[] = producers.length > 0 ? [{ dependentTasksOutputFiles: '**/*' }] : [];
  return [...nxInputs(patterns, image.projectRoot), ...made];
}

function dependencies({ image, bases, producers }: WorkspaceImage): Dependency[] {
  const others = [...bases.map((base) => base.image), ...producers];
  return others.map(({ projectName, targetName }) =>
    projectName === image.projectName ? targetName : { projects: [projectName], target: targetName },
  );
}

function buildOptions({ image, bases }: WorkspaceImage): BuildExecutorOptions {
  const { targetStage, buildArgs, platforms, secrets, namedContexts, onbuild, strict } = image.options;
  return {
    dockerfile: image.dockerfilePath,
    buildContext: image.buildContext,
    image: image.image,
    ...(targetStage !== undefined && { targetStage }),
    ...optional('buildArgs', buildArgs),
    ...(platforms && { platforms }),
    ...(secrets && { secrets }),
    ...optional('namedContexts', namedContexts),
    ...optional('bases', baseOptions(bases)),
    ...optional('onbuild', onbuild),
    ...(strict && { strict }),
  };
}

/** The executor replaces each of these references by what the record of its image says was built. */
function baseOptions(bases: WorkspaceImage['bases']): Record<string, BaseOption> {
  return Object.fromEntries(
    bases.flatMap(({ image, uses }) =>
      uses.map(({ text }) => [
        text,
        { image: image.image, record: recordPath(image.projectName, image.targetName) },
      ]),
    ),
  );
}

function optional<T extends object>(name: string, value: T | undefined): Record<string, T> {
  return value && Object.keys(value).length > 0 ? { [name]: value } : {};
}
