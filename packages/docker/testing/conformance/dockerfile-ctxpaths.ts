import { isDeepStrictEqual } from 'node:util';
import { parseDockerfile } from '../../src/core/dockerfile/parse-dockerfile.js';
import { evaluateDockerfile } from '../../src/core/image/evaluate-dockerfile.js';
import type { ContextRead, Evaluation, RemoteSource } from '../../src/core/image/evaluation.js';

interface ContextPathsCase {
  readonly dockerfile: string;
  readonly target?: string;
  readonly platform?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** Named contexts as BuildKit's frontend gets them: `local:<name>`, `docker-image://<reference>`. */
  readonly contexts?: Readonly<Record<string, string>>;
  readonly baseImages?: Readonly<Record<string, { readonly onbuild?: readonly string[] }>>;
  readonly onbuild?: Readonly<Record<string, readonly string[]>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

interface Copy {
  readonly src: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly from?: string;
}

/** Compares what a build reads with what BuildKit's dockerfile2llb asks for; returns the first difference. */
export function check(testCase: ContextPathsCase): string | undefined {
  const { dockerfile, target, platform, buildArgs, contexts, expected } = testCase;
  const evaluation = evaluateDockerfile(parseDockerfile(dockerfile), {
    ...(target !== undefined && { target }),
    ...(platform !== undefined && { platform }),
    ...(buildArgs && { buildArgs }),
    ...(contexts && { namedContexts: contexts }),
    onbuild: testCase.onbuild ?? triggers(testCase),
  });
  const error = evaluation.problems.find(({ severity }) => severity === 'error');
  if (expected.error !== undefined) return error ? undefined : `accepted, expected: ${expected.error}`;
  if (error) return `refused: ${error.message}`;
  return compareParts(evaluation, testCase);
}

function triggers({ baseImages = {} }: ContextPathsCase): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(baseImages).map(([image, { onbuild = [] }]) => [image, onbuild]));
}

function compareParts(
  evaluation: Evaluation,
  { contexts = {}, expected }: ContextPathsCase,
): string | undefined {
  const images = [...new Set(evaluation.images.map(({ imageRef }) => imageRef))].sort();
  const actual: Readonly<Record<string, unknown>> = {
    contextPaths: evaluation.contextPaths,
    namedContextPaths: byLocalName(evaluation.namedContextPaths, contexts),
    images,
    baseImagesResolved: images,
    copies: copies(evaluation.reads, contexts, 'from' in firstOf(expected.copies)),
    bindMounts: bindMounts(evaluation.reads),
    git: evaluation.git.map(repository).sort(),
    http: evaluation.http.map(({ url }) => url).sort(),
  };
  for (const [part, value] of Object.entries(expected)) {
    const wanted =
      part === 'git' && Array.isArray(value) ? value.map((url) => repository({ url })).sort() : value;
    if (isDeepStrictEqual(actual[part], wanted)) continue;
    return `${part}: ${JSON.stringify(actual[part])}, expected ${JSON.stringify(wanted)}`;
  }
  return undefined;
}

function firstOf(list: unknown): object {
  return Array.isArray(list) ? (list[0] ?? {}) : {};
}

/** BuildKit knows a local context by the name behind `local:`, and the build context as `context`. */
function localName(key: string | undefined, contexts: Readonly<Record<string, string>>): string {
  return key === undefined ? 'context' : (contexts[key] ?? key).replace(/^local:/, '');
}

function byLocalName(
  paths: Evaluation['namedContextPaths'],
  contexts: Readonly<Record<string, string>>,
): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(paths).map(([key, list]) => [localName(key, contexts), list]));
}

function copies(
  reads: readonly ContextRead[],
  contexts: Readonly<Record<string, string>>,
  withFrom: boolean,
): Copy[] {
  return reads
    .filter(({ kind, widened }) => widened === undefined && (kind === 'COPY' || kind === 'ADD'))
    .map((read) => ({ ...toCopy(read), ...(withFrom && { from: localName(read.context, contexts) }) }))
    .sort((a, b) => compareTexts(sortKey(a), sortKey(b)));
}

function toCopy({ path, match, pivot = '.', exclude }: ContextRead): Copy {
  const root = pivot === '.' ? '/' : `/${pivot}`;
  const include = pivot === '.' ? path : path.slice(pivot.length + 1);
  const selection = match === 'include' ? { src: root, include: [include] } : { src: toAbsolute(path) };
  return { ...selection, ...(exclude.length > 0 && { exclude }) };
}

function bindMounts(reads: readonly ContextRead[]): string[] {
  const binds = reads.filter(({ kind, context }) => kind === 'bind' && context === undefined);
  return [...new Set(binds.map(({ path }) => toAbsolute(path)))].sort();
}

function toAbsolute(path: string): string {
  return path === '.' ? '/' : `/${path}`;
}

function sortKey({ src, include = [], exclude = [] }: Copy): string {
  return [src, ...include, ...exclude].join('\n');
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Git URLs differ in how they are written: `git://github.com/o/r.git`, `https://…`, `git@…`. */
function repository({ url }: Pick<RemoteSource, 'url'>): string {
  return url
    .replace(/^\w+:\/\//, '')
    .replace(/^[\w-]+@([^:/]+)[:/]/, '$1/')
    .replace(/[?#].*$/, '');
}
