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
    expect(manifestLaws(readText(name, 'given', file), file)).toBeUndefined();
  });
});

function readText(...path: readonly string[]): string {
  return readFileSync(join(fixtures, ...path), 'utf8');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => file.replaceAll('\\', '/'));
}
