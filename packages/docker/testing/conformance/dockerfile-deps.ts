import { isDeepStrictEqual } from 'node:util';
import { parseDockerfile } from '../../src/core/dockerfile/parse-dockerfile.js';
import { type ContextFolder, ignoreFileCandidates } from '../../src/core/image/context-folder.js';
import { evaluateDockerfile } from '../../src/core/image/evaluate-dockerfile.js';
import type { Evaluation } from '../../src/core/image/evaluation.js';
import type { FileFact } from '../../src/core/image/file-index.js';
import { type BuildFiles, listBuildFiles } from '../../src/core/image/list-build-files.js';

type Texts = Readonly<Record<string, string>>;

/** A workspace and one Dockerfile in it. Paths are relative to the workspace, but for `…ContextFiles`. */
interface DependenciesCase {
  /** Name of a tree of files that `files` is added to. */
  readonly tree?: string;
  readonly files: Texts;
  readonly symlinks?: Texts;
  readonly emptyDirs?: readonly string[];
  /** null if there is none; BuildKit then has no answer. */
  readonly dockerfile: string | null;
  readonly dockerfilePath: string;
  readonly context: string;
  readonly target?: string;
  readonly platform?: string;
  readonly buildArgs?: Texts;
  /** What `{{.NAME}}` in a build argument stands for. */
  readonly env?: readonly string[];
  readonly baseImages?: Readonly<Record<string, { readonly onbuild?: readonly string[] }>>;
  /** What Skaffold finds; only BuildKit's answer counts. */
  readonly expectedDependencies?: readonly string[];
  readonly expectedContextFiles?: readonly string[];
  readonly expectedImages?: readonly string[];
  readonly expectedMissing?: readonly string[];
  readonly dockerignoreUsed?: string;
  readonly buildkit?: {
    readonly error?: string;
    readonly contextFiles?: readonly string[];
    readonly images?: readonly string[];
    readonly missing?: readonly string[];
  };
}

interface Shared {
  readonly trees: Readonly<Record<string, Texts>>;
}

/** Compares the files that a build reads with BuildKit's; returns the first difference. */
export function check(testCase: DependenciesCase, { trees }: Shared): string | undefined {
  const { dockerfile, buildkit } = testCase;
  if (dockerfile === null) return undefined;
  const texts = { ...trees[testCase.tree ?? ''], ...testCase.files };
  const evaluation = evaluateDockerfile(
    parseDockerfile(dockerfile, { path: testCase.dockerfilePath }),
    evaluateOptions(testCase),
  );
  if (buildkit?.error !== undefined) {
    const isRefused = evaluation.problems.some(({ severity }) => severity === 'error');
    return isRefused ? undefined : `accepted, expected: ${buildkit.error}`;
  }
  const { ignoreFile } = contextOf(testCase, texts);
  const used = ignoreFile?.path ?? '';
  if (testCase.dockerignoreUsed !== undefined && used !== testCase.dockerignoreUsed)
    return `ignore file ${used}, expected ${testCase.dockerignoreUsed}`;
  return compareFiles(testCase, evaluation, listFiles(testCase, texts, evaluation));
}

function evaluateOptions({ target, platform, buildArgs, env = [], baseImages }: DependenciesCase) {
  const values = new Map(env.map((entry) => [entry.split('=')[0], entry.replace(/^[^=]*=/, '')]));
  const fillIn = (text: string) => text.replace(/\{\{\.(\w+)\}\}/g, (_, name) => values.get(name) ?? '');
  return {
    ...(target !== undefined && { target }),
    ...(platform !== undefined && { platform }),
    buildArgs: mapValues(buildArgs ?? {}, fillIn),
    onbuild: mapValues(baseImages ?? {}, ({ onbuild = [] }) => onbuild),
  };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function contextOf({ context, dockerfilePath }: DependenciesCase, texts: Texts): ContextFolder {
  const path = ignoreFileCandidates(context, dockerfilePath).find((candidate) => candidate in texts);
  return { folder: context, ...(path !== undefined && { ignoreFile: { path, text: texts[path] ?? '' } }) };
}

function listFiles(testCase: DependenciesCase, texts: Texts, evaluation: Evaluation): BuildFiles {
  const { symlinks = {}, emptyDirs = [], dockerfilePath, dockerfile } = testCase;
  const facts: FileFact[] = [
    ...Object.keys(texts).map((path) => ({ path })),
    ...Object.entries(symlinks).map(([path, link]) => ({ path, link, mode: 'symlink' as const })),
    ...emptyDirs.map((path) => ({ path, mode: 'folder' as const })),
  ];
  const image = {
    dockerfile: { path: dockerfilePath, lines: (dockerfile ?? '').split('\n') },
    buildContext: contextOf(testCase, texts),
  };
  return listBuildFiles({ ...image, evaluation }, facts);
}

function compareFiles(
  { buildkit, ...expected }: DependenciesCase,
  evaluation: Evaluation,
  { files, problems }: BuildFiles,
): string | undefined {
  const contextFiles = files.flatMap(({ uses }) => uses.map(({ path }) => path)).sort();
  const missing = problems
    .map(({ message }) => `/${/^(.*) (?:does not exist|is kept out)/.exec(message)?.[1]}`)
    .sort();
  const images = [...new Set(evaluation.images.map(({ imageRef }) => imageRef))].sort();
  return (
    compare('files', contextFiles, buildkit?.contextFiles ?? expected.expectedContextFiles) ??
    compare('missing', missing, buildkit ? (buildkit.missing ?? []) : (expected.expectedMissing ?? [])) ??
    compare('images', images, expected.expectedImages) ??
    compare(
      'dependencies',
      files.map(({ path }) => path),
      buildkit ? undefined : expected.expectedDependencies,
    )
  );
}

function compare(
  part: string,
  actual: readonly string[],
  expected: readonly string[] | undefined,
): string | undefined {
  if (!expected || isDeepStrictEqual(actual, [...expected].sort())) return undefined;
  return `${part}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`;
}
