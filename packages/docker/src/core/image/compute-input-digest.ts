import { createHash } from 'node:crypto';
import type { Dockerfile, Instruction } from '../dockerfile/dockerfile.js';
import { DockerPluginError } from '../errors.js';
import type { Evaluation } from './evaluation.js';
import type { BuildFile } from './list-build-files.js';

export interface InputDigestOptions {
  readonly dockerfile: Pick<Dockerfile, 'escape' | 'directives'>;
  readonly evaluation: Pick<
    Evaluation,
    'reachableInstructions' | 'reachableStages' | 'targetStage' | 'declaredArgs' | 'usedContexts'
  >;
  /** The result of listBuildFiles. */
  readonly files: readonly BuildFile[];
  /**
   * A hash of the content of each file, by workspace-relative path: any that is the same wherever the
   * content is the same. Symlinks, and files that nothing copies, need none.
   */
  readonly contentHashes: ReadonlyMap<string, string>;
  /** Values of build arguments; those that the Dockerfile does not declare do not count. No secrets. */
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly platforms?: readonly string[];
  /** Values of named contexts that are no folders: `{ base: 'docker-image://alpine:3' }`. */
  readonly namedContexts?: Readonly<Record<string, string>>;
  /** Digests of base images, by image reference, as far as they are to count. */
  readonly baseDigests?: Readonly<Record<string, string>>;
  /**
   * Hashes of files that are not copied, but that other tasks make copied files of, by workspace-relative path: for
   * where the copied files themselves are not made yet.
   */
  readonly sourceHashes?: ReadonlyMap<string, string>;
}

/** Raised whenever the same inputs are serialised differently, so that no old digest is taken for a new one. */
const version = 1;

/**
 * Computes `sha256:…` over everything that a build depends on. It stays the same where the checkout, the
 * order of files, times, comments, unreachable stages or the place of the context in the workspace differ.
 *
 * @throws DockerPluginError FILE_UNREADABLE if the hash of a file that is copied is not given.
 */
export function computeInputDigest(options: InputDigestOptions): string {
  const { dockerfile, evaluation } = options;
  const { buildArgs = {}, platforms = [], namedContexts = {}, baseDigests = {}, sourceHashes } = options;
  const canonical = [
    ['moltbook-docker-inputs', version],
    ['frontend', dockerfile.directives.syntax ?? '', dockerfile.escape],
    ['target', evaluation.reachableStages.indexOf(evaluation.targetStage)],
    ['platforms', [...new Set(platforms)].sort()],
    ['args', pick(buildArgs, evaluation.declaredArgs)],
    ['contexts', pick(namedContexts, evaluation.usedContexts)],
    ['bases', pick(baseDigests, Object.keys(baseDigests))],
    ['instructions', evaluation.reachableInstructions.map(canonicalInstruction)],
    ...(sourceHashes?.size ? [['sources', [...sourceHashes].sort(([a], [b]) => (a < b ? -1 : 1))]] : []),
  ];
  // The same text as of one JSON value, in which the rows of files are sorted as texts.
  const text = `${JSON.stringify(canonical).slice(0, -1)},["files",[${canonicalFiles(options)}]]]`;
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** The entries of the named keys that are there, sorted. */
function pick(record: Readonly<Record<string, string>>, keys: readonly string[]): [string, string][] {
  return [...new Set(keys)].sort().flatMap((key): [string, string][] => {
    const value = Object.hasOwn(record, key) ? record[key] : undefined;
    return value === undefined ? [] : [[key, value]];
  });
}

/** What BuildKit sees of an instruction: no place, no comments, no line breaks. */
function canonicalInstruction({ keyword, flags, args, json, heredocs, onbuild }: Instruction): unknown[] {
  const bodies = heredocs.map(({ name, expand, chomp, content }) => [name, expand, chomp, content]);
  return [keyword, flags, args, json, bodies, onbuild ? canonicalInstruction(onbuild) : null];
}

/** Images of one workspace can have a list of very many files in common. */
const knownFiles = new WeakMap<readonly BuildFile[], { contentHashes: unknown; text: string }>();

function canonicalFiles({ files, contentHashes }: InputDigestOptions): string {
  const known = knownFiles.get(files);
  if (known?.contentHashes === contentHashes) return known.text;
  const rows = files.flatMap((file) => canonicalFile(file, contentHashes));
  const text = rows.sort().join(',');
  knownFiles.set(files, { contentHashes, text });
  return text;
}

/** One row for each context that the file is read from, as JSON. */
function canonicalFile(
  { path, mode, link, uses }: BuildFile,
  contentHashes: ReadonlyMap<string, string>,
): string[] {
  if (uses.length === 0) return [];
  const content = mode === 'symlink' ? (link ?? '') : contentHashes.get(path);
  if (content === undefined)
    throw new DockerPluginError({
      code: 'FILE_UNREADABLE',
      severity: 'error',
      message: `the content of ${path} is not known, so nobody can tell if it has changed`,
      fix: `make ${path} readable, or keep it out of the build with an ignore file`,
    });
  return uses.map((use) => JSON.stringify([use.context ?? '', use.path, mode, content]));
}
