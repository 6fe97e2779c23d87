import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { formatPublishedRecord, type PublishedRecord, parsePublishedRecord } from './published-record.js';

const record: PublishedRecord = {
  version: 1,
  project: 'api',
  target: 'docker-build',
  image: 'ghcr.io/acme/api',
  imageRef: 'ghcr.io/acme/api:local',
  tags: ['local'],
  platforms: [],
  duration: 1200,
};

it('formats a record as JSON with the address of its schema first', () => {
  const text = formatPublishedRecord(record);
  expect(Object.keys(JSON.parse(text))[0]).toBe('$schema');
  expect(JSON.parse(text)).toMatchObject(record);
  expect(text.endsWith('}\n')).toBe(true);
});

it('reads what it has written', () => {
  expect(parsePublishedRecord(formatPublishedRecord(record))).toMatchObject(record);
});

it.each(['', '{', 'null', '[]', '{"version":2}', JSON.stringify({ ...record, tags: 'local' })])(
  'does not take %j for a record',
  (text) => expect(parsePublishedRecord(text)).toBeUndefined(),
);

describe('schemas/published-record.schema.json', () => {
  const path = join(__dirname, '../../../schemas/published-record.schema.json');
  const isValid = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(path, 'utf8')));
  const digest = `sha256:${'a'.repeat(64)}`;
  const full: Required<PublishedRecord> = {
    ...record,
    imageId: digest,
    digest,
    pushed: true,
    unchanged: true,
    sizes: { 'linux/amd64': 7 },
    inputDigest: digest,
    revision: 'a'.repeat(40),
    bases: { 'ghcr.io/acme/base': `ghcr.io/acme/base@${digest}` },
  };

  it.each([record, full])('describes a record', (each) => {
    expect(isValid(JSON.parse(formatPublishedRecord(each)))).toBe(true);
  });

  it.each([
    { ...record, pushed: true },
    { ...full, pushed: false },
    { ...full, unchanged: false },
    { ...full, sizes: { 'linux/amd64': -1 } },
    { ...full, revision: 'main' },
    { ...full, other: 1 },
  ])('refuses what is none', (each) => expect(isValid(each)).toBe(false));
});
