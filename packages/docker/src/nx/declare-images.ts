import type { ChosenDeclaration } from '../core/declarations/choose-declaration.js';
import { chooseDeclaration } from '../core/declarations/choose-declaration.js';
import type { Declaration } from '../core/declarations/declaration.js';
import type { Problem } from '../core/errors.js';
import { defaultImageName, dockerfileSuffix, findProjectRoot, isDockerfilePath } from './dockerfile-names.js';
import type { DeclaredImage } from './image.js';
import {
  checkImageOptions,
  type DockerPluginOptions,
  defaultTargetName,
  type ImageOptions,
  imageOptionsOf,
} from './plugin-options.js';
import type { ProjectFacts, ProjectReader } from './project-files.js';

export interface DeclareOptions {
  readonly projects: ProjectReader;
  readonly plugin: DockerPluginOptions;
  readonly declarations: readonly Declaration[];
  /** `targetDefaults` of nx.json, by target name or executor. */
  readonly targetDefaults: Readonly<Record<string, unknown>>;
}

/**
 * Names the image of each Dockerfile: its project, target, repository and settings. The first that says something
 * wins: the project's own target options, the plugin options, a bake file, a compose file.
 */
export function declareImages(paths: readonly string[], options: DeclareOptions): DeclaredImage[] {
  const { projects } = options;
  const images = paths.filter(isDockerfilePath).flatMap((dockerfilePath) => {
    const projectRoot = findProjectRoot(dockerfilePath, projects.isProject);
    if (projectRoot === undefined) return [];
    return [declareImage(dockerfilePath, { projectRoot, project: projects.facts(projectRoot), options })];
  });
  return distinct(images);
}

function declareImage(
  dockerfilePath: string,
  given: { projectRoot: string; project: ProjectFacts; options: DeclareOptions },
): DeclaredImage {
  const { projectRoot, project, options } = given;
  const { plugin } = options;
  const suffix = dockerfileSuffix(dockerfilePath, projectRoot);
  const targetName = [plugin.targetName ?? defaultTargetName, suffix].filter(Boolean).join('-');
  const targetOptions = {
    ...defaultOptions(targetName, options.targetDefaults),
    ...project.targets[targetName]?.options,
  };
  const declaration = chooseDeclaration(options.declarations, dockerfilePath);
  const own = checkImageOptions(targetOptions, `${project.name}:${targetName}`);
  // As Nx does it: what a target or a target default says about an option replaces what was inferred for it.
  const settings: ImageOptions = {
    ...mergeSettings([declaration ?? {}, imageOptionsOf(plugin, dockerfilePath)]),
    ...own.options,
  };
  const contextSource = sourceOfContext([
    [own.options, `the options of ${project.name}:${targetName} say so`],
    [plugin.images?.[dockerfilePath], 'the plugin options in nx.json say so'],
    [declaration, `${declaration?.sources[0]} says so`],
  ]);
  const name = settings.imageName ?? defaultImageName(project.name, suffix);
  return {
    projectName: project.name,
    projectRoot,
    targetName,
    dockerfilePath,
    image: typeof targetOptions.image === 'string' ? targetOptions.image : inRegistry(name, plugin),
    options: settings,
    ...(contextSource !== undefined && { contextSource }),
    problems: [...own.problems, ...differenceProblems(declaration, dockerfilePath)],
  };
}

/** Nx takes the defaults of an executor where there are some, else those of the target's name. */
function defaultOptions(targetName: string, targetDefaults: Readonly<Record<string, unknown>>) {
  const defaults = targetDefaults['@moltbook/docker:build'] ?? targetDefaults[targetName];
  const { options } = (defaults ?? {}) as { options?: Readonly<Record<string, unknown>> };
  return typeof options === 'object' ? options : {};
}

function inRegistry(name: string, { registry }: DockerPluginOptions): string {
  return registry ? `${registry.replace(/\/+$/, '')}/${name}` : name;
}

/** Later settings win; build arguments and named contexts are merged by name. */
function mergeSettings(layers: readonly (ImageOptions | ChosenDeclaration)[]): ImageOptions {
  const {
    sources: _,
    differing: __,
    ...merged
  } = Object.assign({}, ...layers) as ImageOptions & ChosenDeclaration;
  return {
    ...merged,
    buildArgs: Object.assign({}, ...layers.map((layer) => layer.buildArgs)),
    namedContexts: Object.assign({}, ...layers.map((layer) => layer.namedContexts)),
  };
}

function sourceOfContext(
  layers: readonly [{ readonly buildContext?: string } | undefined, string][],
): string | undefined {
  return layers.find(([layer]) => layer?.buildContext !== undefined)?.[1];
}

function differenceProblems(declaration: ChosenDeclaration | undefined, dockerfilePath: string): Problem[] {
  if (!declaration || declaration.differing.length === 0) return [];
  return [
    {
      code: 'OPTIONS_INVALID',
      severity: 'warning',
      message: `${declaration.sources.join(' and ')} differ about ${declaration.differing.join(', ')} of ${dockerfilePath}`,
      fix: `say what holds for it in nx.json, in the plugin's option images[${JSON.stringify(dockerfilePath)}]`,
    },
  ];
}

/** Two Dockerfiles of a project can come to one target name; the later one by path gets the path as its suffix. */
function distinct(images: readonly DeclaredImage[]): DeclaredImage[] {
  const seen = new Set<string>();
  return images.map((image) => {
    const key = `${image.projectRoot} ${image.targetName}`;
    if (!seen.has(key)) {
      seen.add(key);
      return image;
    }
    const suffix = image.dockerfilePath.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return { ...image, targetName: `${image.targetName}-${suffix}`, image: `${image.image}-${suffix}` };
  });
}
