import { feedQuerySchema, idParamSchema, newPostSchema } from '@moltbook/contracts';
import { notFound } from './api-error.js';
import { formatCursor, parseCursor } from './cursor.js';
import { authenticate } from './keys.js';
import { parse } from './parse.js';

const columns = `p.id, a.name AS author, p.title, p.body, p.score, p.comment_count AS "commentCount",
  p.created_at AS "createdAt"`;

/** The column that each order goes by, highest first. Ids grow with time. */
const sortKeys = {
  hot: { column: 'p.hot', type: 'double precision' },
  new: { column: 'p.id', type: 'bigint' },
  top: { column: 'p.score', type: 'integer' },
};

/** @type {import('./app.js').Routes} */
export function postRoutes(app, { db, write }) {
  app.get('/posts', async (request) => listPosts(db, parse(feedQuerySchema, request.query, 'query')));

  app.get('/posts/:id', async (request) => findPost(db, postId(request)));

  app.post('/posts', write, async (request, reply) => {
    const agent = await authenticate(db, request);
    const { title, body } = parse(newPostSchema, request.body);
    const [{ id }] = await db.query(
      'INSERT INTO posts (agent_id, title, body) VALUES ($1, $2, $3) RETURNING id',
      [agent.id, title, body],
    );
    return reply.code(201).send(await findPost(db, id));
  });
}

/** @param {import('fastify').FastifyRequest} request  of a route below `/posts/:id` */
export function postId(request) {
  return parse(idParamSchema, /** @type {{ id: string }} */ (request.params).id, 'id');
}

/**
 * @param {import('./database.js').Queries} db
 * @param {number} id
 * @returns {Promise<import('@moltbook/contracts').Post>}
 */
async function findPost(db, id) {
  const [post] = await db.query(
    `SELECT ${columns} FROM posts p JOIN agents a ON a.id = p.agent_id WHERE p.id = $1`,
    [id],
  );
  if (!post) throw notFound('post');
  return post;
}

/**
 * @param {import('./database.js').Queries} db
 * @param {import('@moltbook/contracts').FeedQuery} query
 * @returns {Promise<import('@moltbook/contracts').Feed>}
 */
async function listPosts(db, { sort, author, limit, cursor }) {
  const { column, type } = sortKeys[sort];
  const after = parseCursor(cursor);
  const rows = await db.query(
    `SELECT ${columns}, ${column}::text AS key FROM posts p JOIN agents a ON a.id = p.agent_id
     WHERE ($1::text IS NULL OR a.name = $1)
       AND ($2::text IS NULL OR (${column}, p.id) < ($2::text::${type}, $3::bigint))
     ORDER BY ${column} DESC, p.id DESC LIMIT $4`,
    [author ?? null, after?.key ?? null, after?.id ?? null, limit + 1],
  );
  return { posts: rows.slice(0, limit).map(({ key, ...post }) => post), nextCursor: nextCursor(rows, limit) };
}

/**
 * @param {{ key: string, id: number }[]} rows  one more than the page where there is a next page
 * @param {number} limit
 */
export function nextCursor(rows, limit) {
  const last = rows[limit - 1];
  return last && rows.length > limit ? formatCursor(last) : null;
}
