import type { NxJsonConfiguration } from '@nx/devkit';
import type { Problem } from '../core/errors.js';
import type { FileIndex } from '../core/image/file-index.js';
import type { InputPatterns } from '../core/image/input-patterns.js';
import { type ImageEdge, linkImages } from '../core/image/link-images.js';
import { findProducer, type Producer } from './build-outputs.js';
import { declareImages } from './declare-images.js';
import { evaluateImage } from './evaluate-image.js';
import type { Image } from './image.js';
import { absentSources, imageInputs } from './image-inputs.js';
import { checkPluginOptions } from './plugin-options.js';
import { projectReader } from './project-files.js';
import { readDeclarations } from './read-declarations.js';
import type { Workspace } from './workspace.js';

/** An image among the others of its workspace. */
export interface WorkspaceImage {
  readonly image: Image;
  /** The images it is built from, with the uses that say so. */
  readonly bases: readonly Base[];
  /** The targets that make files which the build reads and git does not have. */
  readonly producers: readonly Producer[];
  readonly inputs: InputPatterns;
  /** All problems of this image. */
  readonly problems: readonly Problem[];
}

export interface Base {
  readonly image: Image;
  readonly uses: ImageEdge['uses'];
}

export interface WorkspaceImages {
  readonly workspace: Workspace;
  readonly images: readonly WorkspaceImage[];
  /** Problems of the plugin options. */
  readonly problems: readonly Problem[];
}

export interface ReadImagesOptions {
  readonly workspace: Workspace;
  /** Candidates for Dockerfiles, workspace-relative. */
  readonly paths: readonly string[];
  /** The plugin options as they stand in nx.json, unchecked. */
  readonly pluginOptions: unknown;
  readonly nxJson: NxJsonConfiguration;
}

/**
 * Reads the images of a workspace: the one model that targets, edges, explain and the executor share. Reads files,
 * runs nothing, and never throws for what stands in them.
 */
export async function readImages(options: ReadImagesOptions): Promise<WorkspaceImages> {
  const { workspace, paths, nxJson } = options;
  const { options: plugin, problems } = checkPluginOptions(options.pluginOptions);
  const declarations = await readDeclarations(workspace);
  const targetDefaults = nxJson.targetDefaults ?? {};
  const projects = projectReader(workspace);
  const declared = declareImages([...paths].sort(), { plugin, declarations, projects, targetDefaults });
  const images = declared.map((image) => evaluateImage(image, workspace));
  const links = linkImages(
    images.map((image) => ({ ...image, id: imageId(image), uses: image.evaluation.images })),
  );
  const byId = new Map(images.map((image) => [imageId(image), image]));
  return {
    workspace,
    images: images.map((image) => {
      let inputs: InputPatterns | undefined;
      return {
        image,
        bases: links.edges
          .filter(({ from }) => from === imageId(image))
          .flatMap(({ to, uses }) => [byId.get(to)].flatMap((base) => (base ? [{ image: base, uses }] : []))),
        producers: producersOf(image, workspace.index, (path) => findProducer(path, projects)),
        // Only targets need them, and they take longer than all else.
        get inputs() {
          inputs ??= imageInputs(image, allBases(imageId(image), links.edges, byId), workspace.index);
          return inputs;
        },
        problems: [...image.problems, ...(links.problems.get(imageId(image)) ?? [])],
      };
    }),
    problems,
  };
}

/** `api:docker-build`, which is also the id of its Nx task. */
export function imageId({ projectName, targetName }: Pick<Image, 'projectName' | 'targetName'>): string {
  return `${projectName}:${targetName}`;
}

/** The images that one is built from, directly or through others. */
function allBases(id: string, edges: readonly ImageEdge[], byId: ReadonlyMap<string, Image>): Image[] {
  const seen = new Set<string>([id]);
  for (const at of seen) for (const edge of edges) if (edge.from === at) seen.add(edge.to);
  seen.delete(id);
  return [...seen].flatMap((base) => byId.get(base) ?? []);
}

function producersOf(
  image: Image,
  index: FileIndex,
  find: (path: string) => Producer | undefined,
): readonly Producer[] {
  const producers = absentSources(image, index).flatMap((path) => find(path) ?? []);
  const distinct = new Map(
    producers.map((producer) => [`${producer.projectName}:${producer.targetName}`, producer]),
  );
  return [...distinct.values()];
}
