import type { PublishedRecord } from '../../core/build/published-record.js';
import { DockerPluginError, type Problem } from '../../core/errors.js';
import { repositoryOf } from '../../core/manifest/loose-ref.js';
import type { ReferenceForm } from '../../core/manifest/wanted-reference.js';
import { findKustomize } from '../../host/find-kustomize.js';
import type { Image } from '../../nx/image.js';
import { findNamed } from '../images/find-named.js';
import { type OpenImages, openImages } from '../images/open-images.js';
import { readNxJson } from '../images/plugin-entries.js';
import { publishSettings } from '../images/publish-settings.js';
import type { Prove } from '../references/prove-references.js';
import { type SetReferencesResult, setReferences } from '../references/set-references.js';
import { currentReferences } from './current-references.js';
import { earlierTarget, namedTarget } from './find-target.js';
import { namesAtCommit } from './names-at.js';
import { readNow } from './read-now.js';
import { recordHistory } from './record-history.js';
import { recordsAt } from './records-at.js';
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
