import { openTestDatabase } from '../testing/open-test-database.js';
import { buildApp } from './app.js';
import { openDatabase } from './database.js';
import { migrate } from './migrations.js';

let app;
afterEach(() => app.close());

test('ready only once every migration is applied', async () => {
  const db = await openTestDatabase();
  app = await buildApp({ db });
  expect(await get('/health')).toEqual([200, { status: 'ok' }]);
  const reason = 'migrations pending: 0001-agents-posts-comments-votes.sql';
  expect(await get('/ready')).toEqual([503, { status: 'unavailable', reason }]);
  await migrate(db);
  expect(await get('/ready')).toEqual([200, { status: 'ok' }]);
});

test('alive but not ready while the database is not reachable', async () => {
  app = await buildApp({ db: await openDatabase({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' }) });
  expect(await get('/health')).toEqual([200, { status: 'ok' }]);
  expect(await get('/ready')).toEqual([
    503,
    { status: 'unavailable', reason: 'the database is not reachable' },
  ]);
  const [status, body] = await get('/api/v1/posts');
  expect(status).toBe(503);
  expect(body.error.code).toBe('unavailable');
});

async function get(url) {
  const response = await app.inject({ url });
  return [response.statusCode, response.json()];
}
