import { nearNames } from './near-names.js';

const names = ['api', 'api:docker-build', 'ghcr.io/acme/api', 'web', 'api-worker', 'apa'];

it.each([
  ['apy', ['api', 'apa']],
  ['webb', ['web']],
  ['Worker', ['api-worker']],
  ['acme/ap', ['ghcr.io/acme/api']],
  ['docs', []],
  ['a', []],
])('%s may mean %j', (name, near) => expect(nearNames(name, names)).toEqual(near));

it('names five at most', () => {
  const many = Array.from({ length: 9 }, (_, i) => `service-${i}`);
  expect(nearNames('service', many)).toHaveLength(5);
});
