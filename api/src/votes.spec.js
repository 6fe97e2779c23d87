import { voteResultSchema } from '@moltbook/contracts';
import { startApp } from '../testing/start-app.js';

let api;
let post;
beforeAll(async () => {
  api = await startApp();
});
beforeEach(async () => {
  post = await api.publish(await api.register(`a${crypto.randomUUID().slice(0, 8)}`));
});
afterAll(() => api.close());

test.each([
  ['up', [1], 1],
  ['down', [-1], -1],
  ['up twice', [1, 1], 1],
  ['up, then down', [1, -1], -1],
  ['up, then taken back', [1, 0], 0],
  ['nothing to take back', [0], 0],
])('one agent votes %s', async (_title, values, score) => {
  const key = await voter();
  let last;
  for (const value of values) last = await vote(key, value);
  expect(last.status).toBe(200);
  expect(voteResultSchema.parse(last.body)).toEqual({ postId: post, score, value: values.at(-1) });
  expect((await api.send('GET', `/posts/${post}`)).body.score).toBe(score);
});

test('votes at the same time all count, and those of one agent count once', async () => {
  const keys = await Promise.all(Array.from({ length: 5 }, voter));
  await Promise.all([...keys, ...keys].map((key) => vote(key, 1)));
  expect((await api.send('GET', `/posts/${post}`)).body.score).toBe(5);
});

test.each([{}, { value: 2 }, { value: '1' }, { value: 0.5 }])('refuses %j', async (body) => {
  const answer = await api.send('PUT', `/posts/${post}/vote`, { key: await voter(), body });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_input' } } });
});

test('a post that is not there', async () => {
  const answer = await api.send('PUT', '/posts/999999/vote', { key: await voter(), body: { value: 1 } });
  expect(answer.status).toBe(404);
});

function voter() {
  return api.register(`v${crypto.randomUUID().slice(0, 8)}`);
}

function vote(key, value) {
  return api.send('PUT', `/posts/${post}/vote`, { key, body: { value } });
}
