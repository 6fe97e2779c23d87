import type { PublishedRecord } from '../../core/build/published-record.js';
import { DockerPluginError, type Problem } from '../../core/errors.js';
import { joinRef, repositoryOf, splitRef } from '../../core/manifest/loose-ref.js';
import type { ReferenceForm } from '../../core/manifest/wanted-reference.js';
import { commitInTag } from '../../core/rollout/commit-in-tag.js';
import { recordForCommit } from '../../core/rollout/record-for-commit.js';
import { findKustomize } from '../../host/find-kustomize.js';
import { findCommit } from '../../host/git/find-commit.js';
import type { Image } from '../../nx/image.js';
import { findNamed } from '../images/find-named.js';
import { type OpenImages, openImages } from '../images/open-images.js';
import { readNxJson } from '../images/plugin-entries.js';
import { publishSettings } from '../images/publish-settings.js';
import type { Prove } from '../references/prove-references.js';
import { type SetReferencesResult, setReferences } from '../references/set-references.js';
import { currentReferences } from './current-references.js';
import { earlierTarget, type ImageNow, namedTarget } from './find-target.js';
import { namesAtCommit } from './names-at.js';
import type { PublishedHistory } from './published-history.js';
import { recordHistory } from './record-history.js';
import { registryHistory } from './registry-history.js';

export interface RollbackOptions {
  /** A commit, branch or git tag. Default: the nearest earlier commit that was published with another image. */
  readonly to?: string;
  /** Projects or images. Default: all that the manifests name. */
  readonly images?: readonly string[];
  /** Workspace-relative files, folders and globs. Default: the plugin's `kubernetes.paths`. */
  readonly paths?: readonly string[];
  readonly form?: ReferenceForm;
  /** Records of several publications, as the history in place of the registry's. */
  readonly records?: readonly PublishedRecord[];
  /** Asks the registry for the digest of a reference. Default: nothing is asked, and `records` have to be given. */
  readonly prove?: Prove;
  /** False finds what would change and writes nothing. */
  readonly write?: boolean;
}

export interface RollbackResult extends SetReferencesResult {
  /** The commit that the manifests named, where it had to be known. */
  readonly from?: string;
  readonly to: string;
  /** The branch whose next publication goes forward again. */
  readonly branch: string;
}

/**
 * Writes what some images were at an earlier published commit into the manifests. Images that are the same at both keep
 * their references.
 *
 * @throws DockerPluginError COMMIT_UNPUBLISHED, REFERENCE_MISSING, GIT_FAILED, REGISTRY_DENIED, REGISTRY_FAILED,
 *   NAME_UNKNOWN, OPTIONS_INVALID
 */
export async function rollback(root: string, options: RollbackOptions): Promise<RollbackResult> {
  const open = await openImages(root);
  const settings = publishSettings(readNxJson(open.workspace));
  const paths = options.paths ?? settings.options.kubernetes?.paths ?? [];
  const all = new Map(open.images.map(({ image }) => [normalise(image), image]));
  const names = new Map(open.images.map(({ image }) => [image.projectName, image.image]));
  const chosen = chooseImages(open, options.images);
  const found = currentReferences({ root, workspace: open.workspace, paths }, chosen, names);
  const missing = [...chosen].filter((repository) => !found.has(repository));
  if (found.size === 0 || (options.images && missing.length > 0))
    throw new DockerPluginError(notNamed(missing, paths));
  const repositories = new Map([...found.keys()].map((each) => [each, all.get(each)?.image ?? each]));
  const history = options.records
    ? recordHistory(options.records)
    : await registryHistory(repositories, await namesAtCommit(root, settings));
  const now = await Promise.all([...found].map((each) => readNow(root, each, options.prove)));
  const target =
    options.to === undefined
      ? await earlierTarget(root, now, history)
      : { to: await namedTarget(root, options.to, history) };
  const records = await recordsAt(target.to, { now, history, all, isChosen: options.images !== undefined });
  const kustomize = await findKustomize();
  const result = await setReferences(root, records, {
    paths,
    ...(options.form && { form: options.form }),
    ...(options.prove && { prove: options.prove }),
    ...(kustomize && { kustomize }),
    write: options.write !== false,
  });
  return { ...result, ...target, branch: settings.branch ?? 'main' };
}

function normalise({ image }: Image): string {
  return repositoryOf(image) ?? image;
}

function chooseImages(open: OpenImages, wanted: readonly string[] | undefined): Set<string> {
  if (!wanted) return new Set(open.images.map(({ image }) => normalise(image)));
  return new Set(
    wanted.flatMap((name) => {
      const named = findNamed(name, open);
      if ('images' in named) return named.images.map(({ image }) => normalise(image));
      throw new DockerPluginError(noImage(name));
    }),
  );
}

/** What the references of an image stand for. Without a digest the registry says it. */
async function readNow(
  root: string,
  [repository, references]: readonly [string, readonly string[]],
  prove: Prove | undefined,
): Promise<ImageNow> {
  const digests = new Set<string>();
  const commits: string[] = [];
  for (const reference of references) {
    const { tag = '', digest } = splitRef(reference);
    digests.add(digest ?? (await prove?.(joinRef({ name: repository, tag }))) ?? '');
    const commit = await commitOfTag(root, tag);
    if (commit !== undefined) commits.push(commit);
  }
  return { repository, digests, commits };
}

/** The commit that a tag ends with, or the git tag of a version. */
async function commitOfTag(root: string, tag: string): Promise<string | undefined> {
  const start = commitInTag(tag);
  if (start !== undefined) return findCommit(root, start);
  if (!/^v?\d+\.\d+\.\d+/.test(tag)) return undefined;
  return (await findCommit(root, `refs/tags/${tag}`)) ?? findCommit(root, `refs/tags/v${tag}`);
}

interface RecordOptions {
  readonly now: readonly ImageNow[];
  readonly history: PublishedHistory;
  readonly all: ReadonlyMap<string, Image>;
  /** Somebody has named these images, and wants no other. */
  readonly isChosen: boolean;
}

/** Records of the images that are not what they were. */
async function recordsAt(
  commit: string,
  { now, history, all, isChosen }: RecordOptions,
): Promise<PublishedRecord[]> {
  const records = now.map(async ({ repository, digests }) => {
    const image = all.get(repository);
    const digest = await history.digestAt(repository, commit);
    if (digest === undefined && isChosen) throw new DockerPluginError(notThen(repository, commit));
    if (digest === undefined || !image || (digests.size === 1 && digests.has(digest))) return [];
    const tags = await history.tagsOf(repository, commit, digest);
    const { projectName: project, targetName: target } = image;
    return [recordForCommit({ project, target, image: image.image, commit, digest, tags })];
  });
  return (await Promise.all(records)).flat();
}

function notNamed(repositories: readonly string[], paths: readonly string[]): Problem {
  return {
    code: 'OPTIONS_INVALID',
    severity: 'error',
    message: `the manifests in ${paths.join(', ')} name no version of ${repositories.join(', ') || 'any image'}`,
    fix: 'name the files or folders that do',
  };
}

function noImage(name: string): Problem {
  return {
    code: 'NAME_UNKNOWN',
    severity: 'error',
    message: `${JSON.stringify(name)} is a file, and not an image`,
    fix: 'name projects or images in --images, separated by commas',
  };
}

function notThen(repository: string, commit: string): Problem {
  return {
    code: 'REFERENCE_MISSING',
    severity: 'error',
    message: `${repository} was not published with the commit ${commit.slice(0, 12)}: it has no tag sha-${commit}`,
    fix: 'name another commit, or leave the image out of --images',
  };
}
