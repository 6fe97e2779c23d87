import { compileFilepath } from '../dockerfile/match-filepath.js';
import type { SourceText } from '../dockerfile/source-problem.js';
import type { Problem } from '../errors.js';
import { compileAsked } from './asked-paths.js';
import { type ContextFolder, joinPath } from './context-folder.js';
import type { ContextRead, Evaluation } from './evaluation.js';
import { explainEmptyGlob } from './explain-empty-glob.js';
import { explainMissingSource } from './explain-missing-source.js';
import { explainUnsentSource, findUnsentPath } from './explain-unsent-source.js';
import { type FileFact, type FileIndex, indexFiles } from './file-index.js';
import { selectRead } from './select-read.js';
import { type SentFiles, sentFiles } from './sent-files.js';

/** What an image is built from, and how. */
export interface ImageSource {
  /** The result of evaluateDockerfile. */
  readonly evaluation: Evaluation;
  /** The Dockerfile: its workspace-relative path and its lines. */
  readonly dockerfile: SourceText;
  readonly buildContext: ContextFolder;
  /** The local named contexts that are in the workspace, by key. */
  readonly namedContexts?: Readonly<Record<string, ContextFolder>>;
}

/** A file that the build can read. */
export interface BuildFile {
  /** Workspace-relative. */
  readonly path: string;
  readonly mode: 'file' | 'executable' | 'symlink';
  /** Where a symlink points, as it is stored. */
  readonly link?: string;
  /** The Dockerfile and the ignore files are inputs even if nothing copies them. */
  readonly role?: 'Dockerfile' | 'ignore file';
  /** How the build reaches it: one entry for each context that it is read from. */
  readonly uses: readonly BuildFileUse[];
}

export interface BuildFileUse {
  /** The key of a named context; absent for the build context. */
  readonly context?: string;
  /** Relative to that context. */
  readonly path: string;
  /** The instructions that select it, in source order. */
  readonly reads: readonly ContextRead[];
}

export interface BuildFiles {
  /** Sorted by path. */
  readonly files: readonly BuildFile[];
  /** SOURCE_MISSING and SOURCE_IGNORED. */
  readonly problems: readonly Problem[];
}

/**
 * Lists exactly the files a build reads, with the reason for each. Files that an ignore file keeps out are not
 * among them, but the ignore file itself is, and so is the Dockerfile. A source that is not there is a problem:
 * an error if an ignore file keeps it out, else a warning, since something may create it before the build.
 * Contexts that are not known (remote, outside of the workspace) give no files.
 *
 * @param files All files of the workspace; index them once where there are several images.
 */
export function listBuildFiles(image: ImageSource, files: FileIndex | readonly FileFact[]): BuildFiles {
  const { dockerfile } = image;
  const index = 'paths' in files ? files : indexFiles(files);
  const uses: Uses = new Map();
  const problems: Problem[] = [];
  for (const each of contextReads(image, index)) {
    const { context, sent, read } = each;
    const { files: selected, missing, emptyFolder: folder } = selectRead(read, sent);
    for (const path of selected) addUse(uses, sent, { read, path });
    const source = { read, context, sent, dockerfile, index };
    if (isMalformed(read)) problems.push(malformedGlob(read, dockerfile));
    else if (read.widened !== undefined) continue;
    else if (missing !== undefined) problems.push(explainMissingSource({ ...source, missing }));
    else {
      const unsent = findUnsentPath(read, each.asked());
      if (unsent === undefined) continue;
      problems.push(
        folder === undefined ? explainUnsentSource(unsent, source) : explainEmptyGlob({ ...source, folder }),
      );
    }
  }
  return { files: toBuildFiles(uses, rolesOf(image), index), problems };
}

/** Only the paths of {@link listBuildFiles}, for when there are very many and nobody asks why. */
export function listBuildPaths(image: ImageSource, index: FileIndex): Set<string> {
  const paths = new Set<string>(rolesOf(image).keys());
  for (const { sent, read } of contextReads(image, index))
    for (const path of selectRead(read, sent).files) paths.add(joinPath(sent.folder, path));
  return paths;
}

interface ContextReadIn {
  readonly context: ContextFolder;
  /** All that is not kept out. */
  readonly sent: SentFiles;
  /** Those of them that BuildKit asks for; other engines are sent all. */
  readonly asked: () => SentFiles;
  readonly read: ContextRead;
}

function contextReads(
  { buildContext, namedContexts = {}, evaluation }: ImageSource,
  index: FileIndex,
): ContextReadIn[] {
  const { reads, usedContexts, contextPaths, namedContextPaths } = evaluation;
  return [undefined, ...usedContexts].flatMap((key) => {
    const context = key === undefined ? buildContext : namedContexts[key];
    const own = reads.filter((read) => read.context === key);
    if (!context || own.length === 0) return [];
    const sent = sentFiles(context, index);
    const all = key === undefined ? contextPaths : (namedContextPaths[key] ?? []);
    // What is not known to be asked for may be that.
    const isCertain = own.every(({ widened }) => widened === undefined);
    const select = memoize((paths: readonly string[]) =>
      isCertain && !paths.includes('.')
        ? sentFiles(context, index, compileAsked(paths, context.folder, index))
        : sent,
    );
    return own.map((read) => ({ context, asked: () => select(read.asked ?? all), sent, read }));
  });
}

function memoize<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}

/** By workspace-relative path, then by key of the context. */
type Uses = Map<string, Map<string | undefined, { path: string; reads: ContextRead[] }>>;

function addUse(
  uses: Uses,
  { folder }: SentFiles,
  { read, path }: { read: ContextRead; path: string },
): void {
  const full = joinPath(folder, path);
  const byContext = uses.get(full) ?? new Map<string | undefined, { path: string; reads: ContextRead[] }>();
  const use = byContext.get(read.context) ?? { path, reads: [] };
  use.reads.push(read);
  byContext.set(read.context, use);
  uses.set(full, byContext);
}

function isMalformed({ match, path }: ContextRead): boolean {
  return match === 'glob' && compileFilepath(path) === undefined;
}

/** BuildKit only notices while it compares, so that a build without such a file may pass. */
function malformedGlob({ place, path }: ContextRead, dockerfile: SourceText): Problem {
  const sourceLine = place.file === dockerfile.path ? dockerfile.lines[place.line - 1] : undefined;
  return {
    code: 'DOCKERFILE_INVALID',
    severity: 'warning',
    message: `the pattern ${path} is malformed: the build fails at the first file that is compared with it`,
    fix: 'close every [ with ], and write [[] for a bracket that is meant as such',
    place,
    ...(sourceLine !== undefined && { sourceLine }),
  };
}

function rolesOf({
  dockerfile,
  buildContext,
  namedContexts = {},
  evaluation: { usedContexts },
}: ImageSource): Map<string, 'Dockerfile' | 'ignore file'> {
  const roles = new Map<string, 'Dockerfile' | 'ignore file'>();
  for (const key of [undefined, ...usedContexts]) {
    const path = (key === undefined ? buildContext : namedContexts[key])?.ignoreFile?.path;
    if (path !== undefined) roles.set(path, 'ignore file');
  }
  return roles.set(dockerfile.path, 'Dockerfile');
}

function toBuildFiles(
  uses: Uses,
  roles: ReadonlyMap<string, 'Dockerfile' | 'ignore file'>,
  { links, executables }: FileIndex,
): BuildFile[] {
  const paths = [...new Set([...uses.keys(), ...roles.keys()])].sort();
  return paths.map((path) => {
    const link = links.get(path);
    const role = roles.get(path);
    return {
      path,
      mode: link !== undefined ? 'symlink' : executables.has(path) ? 'executable' : 'file',
      ...(link !== undefined && { link }),
      ...(role && { role }),
      uses: [...(uses.get(path) ?? [])].map(([context, use]) => ({
        ...(context !== undefined && { context }),
        ...use,
      })),
    };
  });
}
