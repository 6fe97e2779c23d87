import { parseDockerfile } from '../dockerfile/parse-dockerfile.js';
import { DockerPluginError } from '../errors.js';
import { computeInputDigest, type InputDigestOptions } from './compute-input-digest.js';
import { joinPath } from './context-folder.js';
import { evaluateDockerfile } from './evaluate-dockerfile.js';
import { type FileFact, indexFiles } from './file-index.js';
import { listBuildFiles } from './list-build-files.js';

interface Build extends Partial<InputDigestOptions> {
  readonly text?: string;
  readonly folder?: string;
  readonly target?: string;
  readonly facts?: readonly FileFact[];
  readonly contents?: Readonly<Record<string, string>>;
  readonly ignore?: string;
}

const text = `FROM node:20 AS build
ARG MODE=prod
COPY src /src
RUN echo $MODE
FROM node:20 AS unused
RUN true
FROM node:20
COPY --from=build /src /src
`;
const facts: FileFact[] = [
  { path: 'Dockerfile' },
  { path: 'README.md' },
  { path: 'src/a' },
  { path: 'src/link', mode: 'symlink', link: 'a' },
  { path: 'src/run.sh', mode: 'executable' },
];

function digest(build: Build = {}): string {
  const { folder = '.', contents = {}, target, ignore } = build;
  const dockerfile = parseDockerfile(build.text ?? text, { path: joinPath(folder, 'Dockerfile') });
  const evaluation = evaluateDockerfile(dockerfile, target === undefined ? {} : { target });
  const files = (build.facts ?? facts).map((fact) => ({ ...fact, path: joinPath(folder, fact.path) }));
  const ignoreFile =
    ignore === undefined ? {} : { ignoreFile: { path: joinPath(folder, '.dockerignore'), text: ignore } };
  const image = { dockerfile, buildContext: { folder, ...ignoreFile } };
  const contentHashes = new Map(
    (build.facts ?? facts).map(({ path }) => [joinPath(folder, path), contents[path] ?? `hash of ${path}`]),
  );
  const listed = listBuildFiles({ ...image, evaluation }, indexFiles(files)).files;
  return computeInputDigest({ dockerfile, evaluation, files: listed, contentHashes, ...build });
}

test('is a sha256 digest that a change of the serialisation has to change knowingly', () => {
  expect(digest()).toBe('sha256:f81d18a09db9e4617aee8add5482ee4d48b9dcb63e14914f20fb779bdbf4ab79');
});

describe('stays the same', () => {
  test.each<[string, Build]>([
    ['in another folder', { folder: 'apps/api' }],
    ['for another order of files', { facts: [...facts].reverse() }],
    [
      'when comments, blanks and line breaks change',
      { text: `# hello\n${text.replace('COPY src', 'COPY \\\n  # why\n  src').replace('RUN', 'run')}\n\n` },
    ],
    ['when an unreachable stage changes', { text: text.replace('RUN true', 'RUN false') }],
    [
      'when an unreachable stage is removed',
      { text: text.replace('FROM node:20 AS unused\nRUN true\n', '') },
    ],
    ['when a file changes that is not read', { contents: { 'README.md': 'new' } }],
    ['when the ignore file changes without an effect', { ignore: '*.md' }],
    ['for an argument that is not declared', { buildArgs: { OTHER: '1' } }],
    ['for a named context that is not used', { namedContexts: { other: 'docker-image://x' } }],
  ])('%s', (_, build) => {
    expect(digest(build)).toBe(digest());
  });

  test('for another order of platforms', () => {
    expect(digest({ platforms: ['linux/arm64', 'linux/amd64'] })).toBe(
      digest({ platforms: ['linux/amd64', 'linux/arm64', 'linux/amd64'] }),
    );
  });
});

describe('changes', () => {
  test.each<[string, Build]>([
    ['with the content of a file', { contents: { 'src/a': 'new' } }],
    ['with a file more', { facts: [...facts, { path: 'src/b' }] }],
    ['with a file less', { facts: facts.filter(({ path }) => path !== 'src/a') }],
    [
      'with the name of a file',
      {
        facts: facts.map((fact) => (fact.path === 'src/a' ? { path: 'src/c' } : fact)),
        contents: { 'src/c': 'hash of src/a' },
      },
    ],
    [
      'with the mode of a file',
      {
        facts: facts.map((fact) => (fact.path === 'src/a' ? { ...fact, mode: 'executable' as const } : fact)),
      },
    ],
    [
      'with where a symlink points',
      { facts: facts.map((fact) => (fact.mode === 'symlink' ? { ...fact, link: 'b' } : fact)) },
    ],
    ['with an instruction', { text: text.replace('echo', 'printf') }],
    [
      'with the order of instructions',
      { text: text.replace('COPY src /src\nRUN echo $MODE', 'RUN echo $MODE\nCOPY src /src') },
    ],
    ['with the form of an instruction', { text: text.replace('RUN echo $MODE', 'RUN ["echo $MODE"]') }],
    ['with a heredoc', { text: text.replace('RUN echo $MODE', 'RUN <<E\ntrue\nE') }],
    ['with the frontend', { text: `# syntax=docker/dockerfile:1.7\n${text}` }],
    ['with a declared argument', { buildArgs: { MODE: 'dev' } }],
    ['with the target', { target: 'build' }],
    ['with a platform', { platforms: ['linux/arm64'] }],
    ['with the digest of a base image', { baseDigests: { 'docker.io/library/node:20': 'sha256:1' } }],
    ['with what files are made of', { sourceHashes: new Map([['lib/a.ts', '1']]) }],
    ['with what the ignore file keeps out', { ignore: 'src/run.sh' }],
  ])('%s', (_, build) => {
    expect(digest(build)).not.toBe(digest());
  });

  test('and two changed files that swap their contents are no coincidence', () => {
    const one = digest({ facts: [...facts, { path: 'src/b' }], contents: { 'src/a': '1', 'src/b': '2' } });
    const two = digest({ facts: [...facts, { path: 'src/b' }], contents: { 'src/a': '2', 'src/b': '1' } });
    expect(one).not.toBe(two);
  });
});

test('a file of unknown content is an error, not a digest', () => {
  expect(() => digest({ contentHashes: new Map() })).toThrow(DockerPluginError);
  expect(() => digest({ contentHashes: new Map() })).toThrow('the content of src/a is not known');
});
