import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatPublishedRecord, type PublishedRecord } from '../core/build/published-record.js';
import { findBaseRecord, findRecord, readRecords } from './read-records.js';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'read-records-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function record(project: string, ...platforms: string[]): PublishedRecord {
  const names = { project, target: 'docker-build', image: project, imageRef: project };
  return { version: 1, ...names, tags: [], platforms, duration: 0 };
}

it('reads the records of all folders, and nothing else', () => {
  const folder = folderWith({
    'linux-amd64/api.json': formatPublishedRecord(record('api', 'linux/amd64')),
    'records-api/linux-arm64/api.json': formatPublishedRecord(record('api', 'linux/arm64')),
    'subjects.txt': '',
  });
  expect(readRecords(folder).map(({ platforms }) => platforms[0])).toEqual(['linux/amd64', 'linux/arm64']);
});

it('finds none in a folder that is not there', () => {
  expect(readRecords('/folder/that/is/not/there')).toEqual([]);
});

it('does not pass over what is no record', () => {
  const folder = folderWith({ 'plan.json': '{}' });
  expect(() => readRecords(folder)).toThrow(/plan\.json is no record of a build \(FILE_UNREADABLE\)/);
});

it('finds the record of an image for a platform', () => {
  const records = [record('api', 'linux/arm64'), record('api', 'linux/amd64'), record('web')];
  expect(findRecord(records, 'api:docker-build', 'linux/amd64')).toBe(records[1]);
  expect(findRecord(records, 'api:docker-build', null)).toBeUndefined();
  expect(findRecord(records, 'web:docker-build', null)).toBe(records[2]);
});

it.each([
  ['of the same platform', ['linux/amd64', 'linux/arm64'], 'linux/arm64', 'linux/arm64'],
  ['for all platforms', [undefined], 'linux/arm64', undefined],
  [
    'of this machine',
    ['linux/s390x', `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`],
    null,
    `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`,
  ],
])('takes the base %s', (_, platforms, platform, found) => {
  const records = platforms.map((each) => (each === undefined ? record('base') : record('base', each)));
  expect(findBaseRecord(records, 'base:docker-build', platform)?.platforms[0]).toBe(found);
});

it('takes no base of another platform', () => {
  expect(findBaseRecord([record('base', 'linux/s390x')], 'base:docker-build', 'linux/arm64')).toBeUndefined();
});
