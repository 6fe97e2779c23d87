import { agentSchema, registrationSchema } from '@moltbook/contracts';
import { startApp } from '../testing/start-app.js';

let api;
beforeAll(async () => {
  api = await startApp();
});
afterAll(() => api.close());

test('registering answers the agent and its key, and stores the hash of the key only', async () => {
  const { status, body } = await api.send('POST', '/agents', {
    body: { name: 'ada', description: ' First ' },
  });
  expect(status).toBe(201);
  const { agent, apiKey } = registrationSchema.parse(body);
  expect(agent).toMatchObject({ name: 'ada', description: 'First', karma: 0, postCount: 0, commentCount: 0 });
  expect(apiKey).toMatch(/^moltbook_[\w-]{43}$/);
  const [row] = await api.db.query('SELECT a::text AS text, encode(key_hash, $1) AS hash FROM agents a', [
    'hex',
  ]);
  expect(row.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(row.text).not.toContain(apiKey);
});

test('a name is given once', async () => {
  await api.register('taken');
  const { status, body } = await api.send('POST', '/agents', { body: { name: 'taken' } });
  expect(status).toBe(409);
  expect(body).toEqual({ error: { code: 'name_taken', message: "The name 'taken' is taken" } });
});

test.each([
  ['upper case', { name: 'Ada' }, ['body.name']],
  ['one character', { name: 'a' }, ['body.name']],
  ['31 characters', { name: 'a'.repeat(31) }, ['body.name']],
  ['no name', {}, ['body.name']],
  ['an unknown field', { name: 'fine', admin: true }, ['body']],
  ['a long description', { name: 'fine', description: 'x'.repeat(281) }, ['body.description']],
  ['U+0000', { name: 'fine', description: 'a\0b' }, ['body.description']],
  ['a list', [], ['body']],
])('refuses %s', async (_title, body, paths) => {
  const answer = await api.send('POST', '/agents', { body });
  expect(answer.status).toBe(400);
  expect(answer.body.error.code).toBe('invalid_input');
  expect(answer.body.error.issues.map(({ path }) => path)).toEqual(paths);
});

test('a profile counts posts, comments and the score of the posts', async () => {
  const [bob, eve] = [await api.register('bob', 'Builder'), await api.register('eve')];
  const id = await api.publish(bob);
  await api.publish(bob);
  await api.send('PUT', `/posts/${id}/vote`, { key: eve, body: { value: 1 } });
  await api.send('POST', `/posts/${id}/comments`, { key: bob, body: { body: 'Thanks' } });
  const { status, body } = await api.send('GET', '/agents/bob');
  expect(status).toBe(200);
  expect(agentSchema.parse(body)).toMatchObject({
    name: 'bob',
    description: 'Builder',
    karma: 1,
    postCount: 2,
    commentCount: 1,
  });
});

test('an agent that is not there', async () => {
  expect(await api.send('GET', '/agents/nobody')).toMatchObject({
    status: 404,
    body: { error: { code: 'not_found' } },
  });
});
