import type { ContextRead } from '../../core/image/evaluation.js';
import type { ImageState } from '../../core/plan/image-state.js';
import { labelOf } from '../../core/plan/job-names.js';
import { quotePath } from '../../core/plan/quote-path.js';
import type { Commit } from '../../host/git/open-commit.js';
import type { Workspace } from '../../nx/workspace.js';
import { imageId, type WorkspaceImage } from '../../nx/workspace-images.js';
import { readListedImages } from '../images/open-images.js';
import { isBroken, type PlanFiles, planFilesReader } from './plan-files.js';
import { visibleFiles } from './plan-visible-files.js';

/** An image of one commit, with all that a plan asks about it. */
export interface CommitImage {
  readonly id: string;
  readonly workspaceImage: WorkspaceImage;
  files(): PlanFiles;
}

export interface CommitImages {
  readonly commit: Commit;
  /** The commit as Nx would see it. */
  readonly workspace: Workspace;
  /** By id. */
  readonly images: ReadonlyMap<string, CommitImage>;
}

/**
 * Reads the images of a commit.
 *
 * @throws DockerPluginError OPTIONS_INVALID where its nx.json does not list the plugin.
 */
export async function readCommitImages(commit: Commit): Promise<CommitImages> {
  const { name, index, readText } = commit;
  const workspace = { name, index: { ...index, paths: visibleFiles(index.paths, readText) }, readText };
  const { images } = await readListedImages(workspace);
  // A build gets what Nx does not see as well.
  const readFiles = planFilesReader(index);
  const byId = images.map((workspaceImage): [string, CommitImage] => {
    const id = imageId(workspaceImage.image);
    return [id, { id, workspaceImage, files: () => readFiles(workspaceImage.image) }];
  });
  return { commit, workspace, images: new Map(byId) };
}

/**
 * What two commits are compared by.
 *
 * @param countsBy How a file that is not read can change the image.
 */
export function imageState(
  { id, workspaceImage, files }: CommitImage,
  countsBy: ImageState['countsBy'] = () => undefined,
): ImageState {
  const { image, bases } = workspaceImage;
  return {
    id,
    label: labelOf(id),
    dockerfile: image.dockerfilePath,
    settings: settingsOf(workspaceImage),
    bases: bases.map((base) => imageId(base.image)),
    files() {
      const { has, readOf } = files();
      return { has, readBy: (path) => describeRead(readOf(path)) };
    },
    countsBy,
  };
}

function describeRead(read: ContextRead | undefined): string | undefined {
  if (!read) return undefined;
  return `${read.kind === 'bind' ? 'mount of' : read.kind} ${quotePath(read.text)} in line ${read.place.line}`;
}

/** In the order in which a difference is told. */
function settingsOf({ image, bases }: WorkspaceImage): ReadonlyMap<string, string> {
  const { evaluation, options } = image;
  const {
    targetStage,
    buildArgs = {},
    platforms = [],
    secrets = [],
    namedContexts = {},
    onbuild = {},
  } = options;
  // What a Dockerfile does not declare does not reach the build; one with an error may declare anything.
  const args = Object.entries(buildArgs).filter(
    ([name]) => isBroken(image) || evaluation.declaredArgs.includes(name),
  );
  const contexts = Object.entries(namedContexts).filter(
    ([name]) => isBroken(image) || evaluation.usedContexts.includes(name),
  );
  return new Map([
    ['the name of the image', image.image],
    ['the place of the Dockerfile', image.dockerfilePath],
    ['the build context', image.buildContext],
    ['the target stage', targetStage ?? ''],
    ['the list of platforms', [...new Set(platforms)].sort().join()],
    [
      'the list of base images',
      bases
        .map((base) => imageId(base.image))
        .sort()
        .join('\n'),
    ],
    ...args.map(([name, value]): [string, string] => [`build argument ${name}`, JSON.stringify(value)]),
    ...contexts.map(([name, value]): [string, string] => [`named context ${name}`, value]),
    ...secrets.map((secret): [string, string] => [`secret ${secret.id}`, JSON.stringify(secret)]),
    ...Object.entries(onbuild).map(([name, triggers]): [string, string] => [
      `the list of ONBUILD triggers of ${name}`,
      JSON.stringify(triggers),
    ]),
  ]);
}
