import { commentSchema, commentsSchema } from '@moltbook/contracts';
import { startApp } from '../testing/start-app.js';

let api;
let ada;
let post;
beforeAll(async () => {
  api = await startApp();
  ada = await api.register('ada');
});
beforeEach(async () => {
  post = await api.publish(ada);
});
afterAll(() => api.close());

test('comments and their replies come oldest first, and the post counts them', async () => {
  const first = await comment({ body: 'First' });
  const reply = await comment({ body: 'Reply', parentId: first.body.id });
  expect(first.status).toBe(201);
  expect(commentSchema.parse(reply.body)).toMatchObject({
    author: 'ada',
    body: 'Reply',
    parentId: first.body.id,
  });
  const { body } = await api.send('GET', `/posts/${post}/comments`);
  expect(commentsSchema.parse(body)).toEqual({ comments: [first.body, reply.body], nextCursor: null });
  expect((await api.send('GET', `/posts/${post}`)).body.commentCount).toBe(2);
});

test('comments come in pages', async () => {
  for (const body of ['1', '2', '3']) await comment({ body });
  const first = await api.send('GET', `/posts/${post}/comments?limit=2`);
  const second = await api.send('GET', `/posts/${post}/comments?limit=2&cursor=${first.body.nextCursor}`);
  const bodies = [...first.body.comments, ...second.body.comments].map(({ body }) => body);
  expect(bodies).toEqual(['1', '2', '3']);
  expect(second.body.nextCursor).toBeNull();
});

test('a refused comment is not counted', async () => {
  const elsewhere = await api.send('POST', `/posts/${await api.publish(ada)}/comments`, {
    key: ada,
    body: { body: 'Elsewhere' },
  });
  const { status, body } = await comment({ body: 'Reply', parentId: elsewhere.body.id });
  expect(status).toBe(400);
  expect(body.error.issues).toEqual([{ path: 'body.parentId', message: 'must be a comment of this post' }]);
  expect((await api.send('GET', `/posts/${post}`)).body.commentCount).toBe(0);
});

test('a post that is not there has no comments and takes none', async () => {
  const missing = { status: 404, body: { error: { code: 'not_found', message: 'No such post' } } };
  expect(await api.send('GET', '/posts/999999/comments')).toMatchObject(missing);
  expect(await api.send('POST', '/posts/999999/comments', { key: ada, body: { body: 'Hi' } })).toMatchObject(
    missing,
  );
});

test.each([{}, { body: '   ' }, { body: 'x'.repeat(5001) }, { body: 'Hi', parentId: -1 }])(
  'refuses %j',
  async (body) => {
    expect(await comment(body)).toMatchObject({ status: 400, body: { error: { code: 'invalid_input' } } });
  },
);

function comment(body) {
  return api.send('POST', `/posts/${post}/comments`, { key: ada, body });
}
