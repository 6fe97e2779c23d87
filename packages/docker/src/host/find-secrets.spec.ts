import { mkdtempSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSecrets } from './find-secrets.js';

const folder = mkdtempSync(join(tmpdir(), 'find-secrets-'));
const file = join(folder, 'token');
writeFileSync(file, 'content');

beforeEach(() => {
  process.env.SECRET_FOLDER = folder;
  delete process.env.SECRET_ABSENT;
});

it('finds a file by absolute path, workspace-relative path and variable', () => {
  const found = [{ id: 'a', src: file }];
  expect(findSecrets([{ id: 'a', src: file }], '/')).toEqual(found);
  expect(findSecrets([{ id: 'a', src: 'token' }], folder)).toEqual(found);
  expect(findSecrets([{ id: 'a', src: '${SECRET_FOLDER}/token' }], '/')).toEqual(found);
});

it('expands the home folder', () => {
  expect(findSecrets([{ id: 'a', src: '~/.' }], folder)).toEqual([{ id: 'a', src: homedir() }]);
});

it('passes the name of a variable, never its value', () => {
  expect(findSecrets([{ id: 'a', env: 'SECRET_FOLDER' }], folder)).toEqual([
    { id: 'a', env: 'SECRET_FOLDER' },
  ]);
});

it.each([
  [{ id: 'a', src: 'nowhere' }],
  [{ id: 'a', env: 'SECRET_ABSENT' }],
  [{ id: 'a', src: '${SECRET_ABSENT}/token' }],
  [{ id: 'a', src: '${SECRET_ABSENT}' }],
])('leaves out %j where it is optional, else names it', (request) => {
  expect(findSecrets([{ ...request, optional: true }], folder)).toEqual([]);
  expect(() => findSecrets([request], folder)).toThrow(/"a" has no source.*\n {2}Fix: provide it/);
});
