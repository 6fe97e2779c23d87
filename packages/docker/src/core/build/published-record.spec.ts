import { formatPublishedRecord } from './published-record.js';

it('formats a record as JSON with the address of its schema first', () => {
  const text = formatPublishedRecord({
    version: 1,
    project: 'api',
    target: 'docker-build',
    image: 'ghcr.io/acme/api',
    imageRef: 'ghcr.io/acme/api:local',
    tags: ['local'],
    platforms: [],
    duration: 1200,
  });
  expect(Object.keys(JSON.parse(text))[0]).toBe('$schema');
  expect(JSON.parse(text)).toMatchObject({
    project: 'api',
    imageRef: 'ghcr.io/acme/api:local',
    duration: 1200,
  });
  expect(text.endsWith('}\n')).toBe(true);
});
