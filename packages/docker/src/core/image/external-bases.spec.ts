import { parseDockerfile } from '../dockerfile/parse-dockerfile.js';
import { type EvaluateOptions, evaluateDockerfile } from './evaluate-dockerfile.js';
import { externalBases } from './external-bases.js';
import { mergeEvaluations } from './merge-evaluations.js';

const digest = `sha256:${'a'.repeat(64)}`;
const node = 'docker.io/library/node:20';
const alpine = 'docker.io/library/alpine:latest';

function bases(text: string, options: EvaluateOptions = {}, workspace: readonly string[] = []) {
  const { imageRefs, own, isComplete } = externalBases(
    evaluateDockerfile(parseDockerfile(text), options),
    workspace,
  );
  return [...imageRefs.map((ref) => (ref === own ? `${ref} (own)` : ref)), ...(isComplete ? [] : ['?'])];
}

it.each<[string, string, string[]]>([
  ['FROM', 'FROM node:20', [`${node} (own)`]],
  ['FROM without a tag', 'FROM alpine', [`${alpine} (own)`]],
  ['a stage that is copied from', 'FROM node:20 AS a\nFROM scratch\nCOPY --from=a /x /', [node]],
  ['an image that is copied from', 'FROM scratch\nCOPY --from=node:20 /x /', [node]],
  ['a mount', 'FROM alpine\nRUN --mount=from=node:20,target=/n true', [`${alpine} (own)`, node]],
  ['a chain of stages', 'FROM node:20 AS a\nFROM a AS b\nFROM alpine AS c\nFROM b', [`${node} (own)`]],
  ['a base that is copied from as well', 'FROM node:20\nCOPY --from=node:20 /x /', [`${node} (own)`]],
  ['a variable', 'ARG V=20\nFROM node:$V', [`${node} (own)`]],
  ['a port', 'FROM localhost:5000/base:1', ['localhost:5000/base:1 (own)']],
  ['nothing for a digest', `FROM node:20@${digest}\nCOPY --from=alpine@${digest} /x /`, []],
  ['nothing for scratch', 'FROM scratch', []],
  ['nothing for a stage that is not needed', 'FROM node:20 AS a\nFROM scratch', []],
  ['nothing for a file that cannot be read', 'FROM', []],
])('finds %s', (_, text, expected) => {
  expect(bases(text)).toEqual(expected);
});

it('takes the stages of a target', () => {
  expect(bases('FROM node:20 AS a\nFROM alpine', { target: 'a' })).toEqual([`${node} (own)`]);
});

it('leaves out images of the workspace', () => {
  const text = 'FROM ghcr.io/acme/base:1.0\nCOPY --from=node:20 /x /';
  expect(bases(text, {}, ['ghcr.io/acme/base:1.0'])).toEqual([node]);
});

it.each<[string, Record<string, string>, string[]]>([
  ['a folder', { 'node:20': './node' }, []],
  ['a digest', { 'node:20': `docker-image://node:20@${digest}` }, []],
  ['another image', { 'node:20': 'docker-image://alpine' }, [`${alpine} (own)`]],
])('follows a named context to %s', (_, namedContexts, expected) => {
  expect(bases('FROM node:20', { namedContexts })).toEqual(expected);
});

it('does not guess what only a build knows', () => {
  const text = 'ARG V\nFROM node$V\nCOPY --from=alpine /x /';
  expect(bases(text, { buildArgs: { V: null } })).toEqual([alpine, '?']);
});

it('finds the images of all platforms', () => {
  const dockerfile = parseDockerfile('ARG TARGETARCH\nFROM acme/$TARGETARCH');
  const [first, second] = ['linux/amd64', 'linux/arm64'].map((platform) =>
    evaluateDockerfile(dockerfile, { platform }),
  );
  if (!first || !second) throw new Error('two are evaluated');
  expect(externalBases(mergeEvaluations(first, second), []).imageRefs).toEqual([
    'docker.io/acme/amd64:latest',
    'docker.io/acme/arm64:latest',
  ]);
});
