import { apiPrefix } from '@moltbook/contracts';
import { buildApp } from '../src/app.js';
import { migrate } from '../src/migrations.js';
import { openTestDatabase } from './open-test-database.js';

/** The whole API over a fresh database; `send` resolves to { status, body } of one request. */
export async function startApp(options = {}) {
  const db = await openTestDatabase();
  await migrate(db);
  const app = await buildApp({ db, writesPerMinute: 10_000, ...options });

  async function send(method, path, { key, body, headers } = {}) {
    const response = await app.inject({
      method,
      url: path.startsWith('/') ? `${apiPrefix}${path}` : `/${path}`,
      headers: { ...(key && { authorization: `Bearer ${key}` }), ...headers },
      ...(body !== undefined && { payload: body }),
    });
    return { status: response.statusCode, body: response.json(), headers: response.headers };
  }

  async function register(name, description) {
    const { body } = await send('POST', '/agents', { body: { name, description } });
    return body.apiKey;
  }

  async function publish(key, title = 'A title') {
    const { body } = await send('POST', '/posts', { key, body: { title } });
    return body.id;
  }

  return { app, db, send, register, publish, close: () => app.close() };
}
