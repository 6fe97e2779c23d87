import type { Dockerfile } from '../../core/dockerfile/dockerfile.js';
import type { InferredImage } from '../../core/setup/choose-settings.js';
import { projectReader } from '../../nx/project-files.js';
import type { OwnEntry, SetupFacts } from './read-setup.js';

/** An image with what it is called below the registry. */
export interface NamedImage extends InferredImage {
  readonly projectName: string;
  readonly defaultName: string;
  /** True if a configuration names it: that wins. */
  readonly isNamed: boolean;
}

/** What the plugin does with each image now, and what of it is configured. */
export function inferredImages({ images, entries, workspace }: SetupFacts): NamedImage[] {
  const projects = projectReader(workspace);
  return images.map(({ image }) => {
    const own = projects.facts(image.projectRoot).targets[image.targetName]?.options ?? {};
    const { options } = entryOf(image.dockerfilePath, entries);
    const given = { ...options.images?.[image.dockerfilePath], ...own } as Readonly<Record<string, unknown>>;
    const { targetStage, platforms, buildArgs = {}, namedContexts = {} } = image.options;
    const lastStage = image.dockerfile.stages.at(-1)?.name;
    const start = options.registry === undefined ? '' : `${options.registry.replace(/\/+$/, '')}/`;
    return {
      dockerfilePath: image.dockerfilePath,
      projectName: image.projectName,
      buildContext: image.buildContext,
      ...(targetStage !== undefined && { targetStage }),
      ...(lastStage && { lastStage }),
      ...(platforms && { platforms: [...platforms].sort() }),
      buildArgs,
      namedContexts,
      declaredArgs: declaredArgs(image.dockerfile),
      configured: [
        ...['buildContext', 'targetStage'].filter((name) => given[name] !== undefined),
        ...(given.platforms !== undefined || options.platforms !== undefined ? ['platforms'] : []),
        ...namesIn('buildArgs', { ...options.buildArgs, ...record(given.buildArgs) }),
        ...namesIn('namedContexts', record(given.namedContexts)),
      ],
      defaultName: image.image.startsWith(start) ? image.image.slice(start.length) : image.image,
      isNamed: given.imageName !== undefined || given.image !== undefined,
    };
  });
}

/** Where two entries take a Dockerfile, Nx lets the later one win. */
export function entryOf(dockerfilePath: string, entries: SetupFacts['entries']): OwnEntry {
  return entries.findLast(({ matches }) => matches(dockerfilePath)) ?? entries[0];
}

/** Of all stages: which of them is built is about to be chosen. */
function declaredArgs({ metaArgs, stages }: Dockerfile): string[] {
  const instructions = [...metaArgs, ...stages.flatMap((stage) => stage.instructions)];
  return instructions
    .filter(({ keyword }) => keyword === 'ARG')
    .flatMap(({ args }) => args.map((text) => text.replace(/=.*$/s, '')));
}

function namesIn(kind: string, values: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(values).map((name) => `${kind}.${name}`);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
