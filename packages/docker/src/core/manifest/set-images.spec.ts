import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { manifestLaws } from '../../../testing/manifest-laws.js';
import { setImages } from './set-images.js';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const api = 'ghcr.io/acme/api';
const changes = new Map([
  [api, `${api}:main-0123abc@${digest}`],
  ['ghcr.io/acme/web', 'ghcr.io/acme/web:1.10'],
]);
const names = new Map([
  ['api', api],
  ['web', 'ghcr.io/acme/web'],
]);

const fixtures = join(__dirname, '../../../fixtures/manifests');
const cases = readdirSync(fixtures).flatMap((name) =>
  filesBelow(join(fixtures, name, 'given')).map((file) => [name, file]),
);

/** Each folder of fixtures/manifests holds files as they are given and, with the same names, as they become. */
describe('fixtures/manifests', () => {
  it.each(cases)('%s: %s becomes what is in set', (name, file) => {
    const given = readText(name, 'given', file);
    const wanted = existsSync(join(fixtures, name, 'set', file)) ? readText(name, 'set', file) : given;
    expect(setImages(given, changes, { file, names }).text).toBe(wanted);
  });

  it.each(cases)('setting %s/%s twice is setting it once', (name, file) => {
    const { text } = setImages(readText(name, 'given', file), changes, { file, names });
    expect(setImages(text, changes, { file, names })).toMatchObject({ text, edits: [] });
  });

  it.each(cases)('%s/%s keeps the laws of edits', (name, file) => {
    expect(manifestLaws(readText(name, 'given', file), file).difference).toBeUndefined();
  });
});

/** Each text names an image that is to be set, and stays. */
describe('setImages leaves', () => {
  it.each([
    ['a text that cannot be parsed', 'image: ghcr.io/acme/api: 1', 'MANIFEST_INVALID'],
    [
      'an anchor that is part of another image',
      `x: &tag v1\na: {image: {repository: ${api}, tag: *tag}}\nb: {image: {repository: acme/b, tag: *tag}}\n`,
      'MANIFEST_UNEDITABLE',
    ],
    [
      'a line that holds an anchor and would have to go',
      `images:\n- name: ghcr.io/acme/web\n  digest: &d sha256:00\nx: *d\n`,
      'MANIFEST_UNEDITABLE',
    ],
    [
      'a digest alone, where only a tag is to be written',
      `env:\n- name: DIGEST\n  value: sha256:00 # moltbook-docker: ghcr.io/acme/web\n`,
      'MANIFEST_UNEDITABLE',
    ],
    ['a text that is folded over lines', `image: >-\n  ghcr.io/acme/api\n\n  :1\n`, undefined],
  ])('%s', (_, text, code) => {
    const file = text.startsWith('images:') ? 'kustomization.yml' : 'values.yml';
    const { problems, ...result } = setImages(text, changes, { file });
    expect(result).toEqual({ text, edits: [] });
    expect(problems.map((problem) => problem.code)).toEqual(code ? [code] : []);
  });

  it.each([
    ['ghcr.io/acme/API', `${api}:1`],
    [api, `${api}:-1`],
    [api, `${api}@sha256:abc`],
    [api, `${api}:1 # x`],
    [api, ''],
  ])('a change of %j to %j', (repository, reference) => {
    const text = `image: ${api}:0\n`;
    const result = setImages(text, new Map([[repository, reference]]));
    expect(result).toMatchObject({ text, edits: [], problems: [{ code: 'REFERENCE_INVALID' }] });
  });

  it('a field that it is told to leave, and one of the same digest', () => {
    const text = `a: {image: ${api}:0}\nb: {image: "${api}:1@${digest}"}\n`;
    const left = { keepSameDigest: true, leave: ({ path }: { path: string }) => path.startsWith('/a/') };
    expect(setImages(text, changes, left)).toEqual({ text, edits: [], problems: [] });
    expect(setImages(text, changes).edits).toHaveLength(2);
  });
});

it('says what was changed, and where', () => {
  const text = `# 🐳\nimages:\n- name: ${api}\n  newTag: v1 # why\n`;
  const { edits } = setImages(text, changes, { file: 'kustomization.yml' });
  const to = `${api}:main-0123abc@${digest}`;
  const about = { document: 0, path: '/images/0', from: `${api}:v1`, to };
  const start = text.indexOf('v1');
  expect(edits).toEqual([
    {
      ...about,
      start,
      end: start + 2,
      text: 'main-0123abc',
      place: { file: 'kustomization.yml', line: 4, column: 11 },
    },
    {
      ...about,
      start: text.length,
      end: text.length,
      text: `  digest: ${digest}\n`,
      place: { file: 'kustomization.yml', line: 5, column: 1 },
    },
  ]);
});

it('replaces a name alone and keeps its version', () => {
  const mirror = new Map([[api, 'mirror.io/acme/api']]);
  expect(setImages(`image: ${api}:1@${digest}\n`, mirror).text).toBe(
    `image: mirror.io/acme/api:1@${digest}\n`,
  );
  const values = `image: {registry: ghcr.io, repository: acme/api, tag: v1}\n`;
  expect(setImages(values, mirror).text).toBe(
    'image: {registry: mirror.io, repository: acme/api, tag: v1}\n',
  );
  const kustomization = `images:\n- name: ${api}\n`;
  expect(setImages(kustomization, mirror, { file: 'kustomization.yml' }).text).toBe(
    `images:\n- name: ${api}\n  newName: mirror.io/acme/api\n`,
  );
});

function readText(...path: readonly string[]): string {
  return readFileSync(join(fixtures, ...path), 'utf8');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => file.replaceAll('\\', '/'));
}
