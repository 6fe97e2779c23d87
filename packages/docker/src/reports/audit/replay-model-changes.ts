import type { BlobReader } from '../../host/git/blob-reader.js';
import type { HistoryChange } from '../../host/git/read-history.js';
import type { TreeEntry } from '../../host/git/read-tree.js';
import type { TrackedImage } from './track-image.js';

/** Files that say which images there are, how they are built and what CI does with them. */
const telling =
  /(?:^|\/)(?:[^/]*[Dd]ockerfile[^/]*|[^/]*Containerfile[^/]*|\.(?:docker|container)ignore|\.(?:nx|git)ignore|nx\.json|project\.json|docker-bake[^/]*|(?:docker-)?compose\.ya?ml|action\.ya?ml)$|^\.github\/workflows\/|^\.gitlab-ci|^\.gitlab\//;

export interface ModelFacts {
  /** What was at the changed paths before. */
  readonly previous: ReadonlyMap<string, TreeEntry | undefined>;
  /** Files and folders that came to be or are gone. */
  readonly flipped: readonly string[];
  readonly blobs: BlobReader;
  readonly images: readonly TrackedImage[];
}

/** Tells if a commit can change more than the contents of build inputs, so that the images have to be read anew. */
export function changesModel(changes: readonly HistoryChange[], facts: ModelFacts): boolean {
  return (
    changes.some((change) => isTelling(change, facts)) || facts.flipped.some((path) => moves(path, facts))
  );
}

function isTelling({ path, entry }: HistoryChange, { previous, blobs, images }: ModelFacts): boolean {
  const old = previous.get(path);
  if (telling.test(path) || entry?.mode === 'symlink' || old?.mode === 'symlink') return true;
  if (images.some(({ image }) => isOwnFile(path, image))) return true;
  if (!/(?:^|\/)package\.json$/.test(path)) return false;
  return !entry || !old || projectFacts(entry, blobs) !== projectFacts(old, blobs);
}

/** A bake file can name a Dockerfile as it likes. */
function isOwnFile(
  path: string,
  { dockerfilePath, mainContext, namedFolders }: TrackedImage['image'],
): boolean {
  const ignoreFiles = [mainContext, ...Object.values(namedFolders)].map(({ ignoreFile }) => ignoreFile?.path);
  return path === dockerfilePath || ignoreFiles.includes(path);
}

/** What a package.json says about projects: its scripts and versions say nothing. */
function projectFacts({ oid }: TreeEntry, blobs: BlobReader): string {
  try {
    const manifest = JSON.parse(blobs.read(oid)?.toString('utf8') ?? '') as Record<
      string,
      object | undefined
    >;
    const { name, nx, workspaces, dependencies, devDependencies, peerDependencies } = manifest;
    const names = [dependencies, devDependencies, peerDependencies].map((each) => Object.keys(each ?? {}));
    return JSON.stringify([name, nx, workspaces, names]);
  } catch {
    return oid;
  }
}

/** The build context is where the sources of a Dockerfile exist: one that appears or is gone can move it. */
function moves(path: string, { images }: ModelFacts): boolean {
  return images.some(({ image }) =>
    image.evaluation.reads.some(
      (read) => read.match === 'literal' && (path === read.path || path.endsWith(`/${read.path}`)),
    ),
  );
}
