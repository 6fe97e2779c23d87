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
