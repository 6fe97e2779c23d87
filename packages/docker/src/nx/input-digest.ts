import { computeInputDigest } from '../core/image/compute-input-digest.js';
import type { BuildFile } from '../core/image/list-build-files.js';
import type { Image } from './image.js';

export interface ImageInputs {
  /** All that the build reads. */
  readonly files: readonly BuildFile[];
  /** By path; all of one kind, for digests that are to be compared. */
  readonly contentHashes: ReadonlyMap<string, string>;
  /** Digests of the images of the workspace that it is built from, by the reference in its Dockerfile. */
  readonly baseDigests: Readonly<Record<string, string>>;
  /** What files are made of that are not there yet. */
  readonly sourceHashes?: ReadonlyMap<string, string>;
  /** The variables that build arguments without a value take theirs from. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Computes the input digest of an image: before a build over the files on disk, for a plan over those of a commit.
 *
 * @throws DockerPluginError FILE_UNREADABLE for a file without a hash.
 */
export function imageInputDigest({ dockerfile, evaluation, options }: Image, inputs: ImageInputs): string {
  const { buildArgs = {}, platforms = [], namedContexts = {} } = options;
  const { files, contentHashes, baseDigests, sourceHashes, env } = inputs;
  return computeInputDigest({
    dockerfile,
    evaluation,
    files,
    contentHashes,
    buildArgs: knownBuildArgs(buildArgs, env),
    platforms,
    namedContexts,
    baseDigests,
    ...(sourceHashes && { sourceHashes }),
  });
}

/** A `null` takes the value that the engine's client will find in its environment. */
function knownBuildArgs(
  buildArgs: Readonly<Record<string, string | null>>,
  env: ImageInputs['env'],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(buildArgs).flatMap(([name, value]) => {
      const known = value ?? env[name];
      return known === undefined ? [] : [[name, known]];
    }),
  );
}
