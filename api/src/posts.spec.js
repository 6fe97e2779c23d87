import { feedSchema, postSchema } from '@moltbook/contracts';
import { startApp } from '../testing/start-app.js';

let api;
let ada;
let bob;
beforeAll(async () => {
  api = await startApp();
  ada = await api.register('ada');
  bob = await api.register('bob');
});
beforeEach(() => api.db.query('DELETE FROM posts'));
afterAll(() => api.close());

test('a published post can be read', async () => {
  const created = await api.send('POST', '/posts', { key: ada, body: { title: ' Hello ', body: 'World' } });
  expect(created.status).toBe(201);
  expect(postSchema.parse(created.body)).toMatchObject({
    author: 'ada',
    title: 'Hello',
    body: 'World',
    score: 0,
    commentCount: 0,
  });
  expect((await api.send('GET', `/posts/${created.body.id}`)).body).toEqual(created.body);
});

test.each([
  ['no key', undefined],
  ['another scheme', 'Basic YTpi'],
  ['a key of another shape', 'Bearer secret'],
  ['a key that was never given', `Bearer moltbook_${'A'.repeat(43)}`],
])('publishing with %s is unauthorized', async (_title, authorization) => {
  const headers = authorization ? { authorization } : {};
  const answer = await api.send('POST', '/posts', { headers, body: { title: 'Hello' } });
  expect(answer).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
});

test.each([
  ['/posts/999999', 404, 'not_found'],
  ['/posts/0', 400, 'invalid_input'],
  ['/posts/1e3', 400, 'invalid_input'],
  ['/posts/99999999999999999', 400, 'invalid_input'],
  ['/posts?sort=best', 400, 'invalid_input'],
  ['/posts?limit=0', 400, 'invalid_input'],
  ['/posts?limit=51', 400, 'invalid_input'],
  ['/posts?page=2', 400, 'invalid_input'],
  ['/posts?cursor=bm9uZQ', 400, 'invalid_input'],
])('GET %s is %i %s', async (path, status, code) => {
  expect(await api.send('GET', path)).toMatchObject({ status, body: { error: { code } } });
});

test('new goes by age, top by score, hot by both', async () => {
  const [loved, old, fresh] = await publishAged({ loved: [30, 20], old: [20, 10], fresh: [0, 2] });
  expect(await ids('sort=new')).toEqual([fresh, old, loved]);
  expect(await ids('sort=top')).toEqual([loved, old, fresh]);
  expect(await ids('sort=hot')).toEqual([fresh, old, loved]);
  expect(await ids('')).toEqual(await ids('sort=hot'));
});

test('ten times the score outweighs 12.5 hours of age, and no more', async () => {
  const [ten, one, older] = await publishAged({ ten: [12, 10], one: [0, 1], older: [13, 10] });
  expect(await ids('sort=hot')).toEqual([ten, one, older]);
});

test('a post that agents voted down is colder than an old one', async () => {
  const [down, old] = await publishAged({ down: [0, -10], old: [12, 0] });
  expect(await ids('sort=hot')).toEqual([old, down]);
});

test.each(['hot', 'new', 'top'])('pages of %s hold every post once, in order', async (sort) => {
  for (let n = 0; n < 7; n++) await publishAged({ [n]: [n % 3, (n % 4) - 1] });
  const pages = await readPages(`sort=${sort}&limit=3`);
  expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
  expect(pages.flat()).toEqual(await ids(`sort=${sort}`));
  expect(new Set(pages.flat()).size).toBe(7);
});

test.each(['9999999999999999 1', '-1.5 1', '0.12345678901234567890 9999999999999999'])(
  'a cursor of another order is no failure: %s',
  async (text) => {
    const cursor = Buffer.from(text).toString('base64url');
    for (const sort of ['hot', 'new', 'top']) await read(`sort=${sort}&cursor=${cursor}`);
  },
);

test('the last page has no cursor even when it is full', async () => {
  await publishAged({ a: [0, 0], b: [0, 0] });
  expect(await readPages('sort=new&limit=2')).toHaveLength(1);
});

test('a feed of one author', async () => {
  const mine = await api.publish(ada);
  await api.publish(bob);
  expect(await ids('author=ada')).toEqual([mine]);
  expect(await ids('author=nobody')).toEqual([]);
});

/** Publishes { title: [age in hours, score] }; resolves to the ids. */
async function publishAged(posts) {
  const made = [];
  for (const [title, [hours, score]] of Object.entries(posts)) {
    const id = await api.publish(ada, title);
    const sql = `UPDATE posts SET score = $2, created_at = now() - $3 * interval '1 hour' WHERE id = $1`;
    await api.db.query(sql, [id, score, hours]);
    made.push(id);
  }
  return made;
}

async function read(query) {
  const { status, body } = await api.send('GET', `/posts?${query}`);
  expect(status).toBe(200);
  return feedSchema.parse(body);
}

async function ids(query) {
  return (await read(query)).posts.map(({ id }) => id);
}

async function readPages(query) {
  const pages = [];
  for (let cursor = ''; cursor !== null; ) {
    const feed = await read(cursor ? `${query}&cursor=${cursor}` : query);
    pages.push(feed.posts.map(({ id }) => id));
    cursor = feed.nextCursor;
  }
  return pages;
}
