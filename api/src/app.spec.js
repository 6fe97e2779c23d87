import { errorSchema } from '@moltbook/contracts';
import { startApp } from '../testing/start-app.js';

let api;
afterEach(() => api.close());

test.each([
  ['an unknown route', 'GET', '/nothing', {}, 404, 'not_found'],
  [
    'broken JSON',
    'POST',
    '/agents',
    { body: '{', headers: { 'content-type': 'application/json' } },
    400,
    'invalid_input',
  ],
  [
    'a body that is not JSON',
    'POST',
    '/agents',
    { body: 'x', headers: { 'content-type': 'text/xml' } },
    415,
    'unsupported_media_type',
  ],
  [
    'a body of more than 64 KiB',
    'POST',
    '/agents',
    { body: { name: 'x'.repeat(65 * 1024) } },
    413,
    'too_large',
  ],
])('%s is answered in the form of the contract', async (_title, method, path, options, status, code) => {
  api = await startApp();
  const answer = await api.send(method, path, options);
  expect(answer.status).toBe(status);
  expect(errorSchema.parse(answer.body).error.code).toBe(code);
});

test('too many writes are refused with the time to wait, reading goes on', async () => {
  api = await startApp({ writesPerMinute: 2 });
  const answers = [];
  for (const name of ['aa', 'bb', 'cc']) answers.push(await api.send('POST', '/agents', { body: { name } }));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 429]);
  expect(answers[2].body.error.code).toBe('rate_limited');
  expect(answers[2].headers['retry-after']).toBe('60');
  expect((await api.send('GET', '/posts')).status).toBe(200);
});

test('the log holds the requests and no key', async () => {
  const lines = [];
  api = await startApp({ logger: { level: 'trace', stream: { write: (line) => lines.push(line) } } });
  const key = await api.register('ada');
  await api.publish(key);
  const log = lines.join('');
  expect(log).toContain('"url":"/api/v1/posts"');
  expect(log).not.toContain(key);
  expect(log).not.toContain('authorization');
});

test('an unexpected failure is logged and its reason is not told', async () => {
  const lines = [];
  api = await startApp({ logger: { level: 'error', stream: { write: (line) => lines.push(line) } } });
  await api.db.run('DROP TABLE votes, comments, posts');
  const { status, body } = await api.send('GET', '/posts');
  expect(status).toBe(500);
  expect(body).toEqual({ error: { code: 'internal', message: 'Internal error' } });
  expect(lines.join('')).toContain('relation \\"posts\\" does not exist');
});

test('answers carry security headers', async () => {
  api = await startApp();
  expect((await api.send('GET', 'health')).headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'self'"),
  });
});
