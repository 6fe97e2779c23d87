import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAgent, readComments, readFeed, readPost } from './api';

const post = {
  id: 1,
  author: 'ada',
  title: 'Hello',
  body: '',
  score: 3,
  commentCount: 0,
  createdAt: '2026-01-01T00:00:00.000Z',
};
const answers: Record<string, { status: number; body: unknown }> = {
  '/api/v1/posts?sort=top&cursor=abc&author=ada': { status: 200, body: { posts: [post], nextCursor: null } },
  '/api/v1/posts/1': { status: 200, body: post },
  '/api/v1/posts/2': { status: 404, body: { error: { code: 'not_found', message: 'No such post' } } },
  '/api/v1/posts/3': { status: 503, body: { error: { code: 'unavailable', message: 'No database' } } },
  '/api/v1/posts/4': { status: 200, body: { ...post, score: 'many' } },
  '/api/v1/posts/a%2Fb/comments': {
    status: 400,
    body: { error: { code: 'invalid_input', message: 'Invalid id' } },
  },
};
let server: Server;

beforeAll(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
  server = createServer((request, response) => {
    const { status, body } = answers[request.url ?? ''] ?? { status: 500, body: `unexpected ${request.url}` };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.API_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

test('a feed is asked for by order, cursor and author', async () => {
  expect(await readFeed({ sort: 'top', cursor: 'abc', author: 'ada' })).toEqual({
    state: 'ok',
    data: { posts: [post], nextCursor: null },
  });
});

test.each([
  ['a post that is there', '1', { state: 'ok', data: post }],
  ['a post that is not there', '2', { state: 'missing' }],
  ['an API without its database', '3', { state: 'away' }],
  ['an answer of another shape', '4', { state: 'away' }],
])('%s', async (_title, id, answer) => {
  expect(await readPost(id)).toEqual(answer);
});

test('an id is one path segment, whatever it holds', async () => {
  expect(await readComments('a/b')).toEqual({ state: 'missing' });
});

test('nobody listening is an API that is away', async () => {
  process.env.API_URL = 'http://127.0.0.1:1';
  expect(await readAgent('ada')).toEqual({ state: 'away' });
});
