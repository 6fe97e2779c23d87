import { feedQuerySchema, idParamSchema, newPostSchema } from '@moltbook/contracts';
import { notFound, parse } from './api-error.js';
import { authenticate } from './keys.js';
import { parseCursor, toPage } from './page.js';

const select = `p.id, a.name AS author, p.title, p.body, p.score, p.comment_count AS "commentCount",
  p.created_at AS "createdAt"`;

/** What each order goes by, highest first, and the casts of a cursor's key to it. Ids grow with time. */
const sortKeys = {
  hot: { column: 'p.hot', type: 'double precision' },
  new: { column: 'p.id', type: 'numeric::bigint' },
  top: { column: 'p.score', type: 'numeric::bigint' },
};

export function postRoutes(app, { db, write }) {
  app.get('/posts', ({ query }) => listPosts(db, parse(feedQuerySchema, query, 'query')));

  app.get('/posts/:id', (request) => findPost(db, postId(request)));

  app.post('/posts', write, async (request, reply) => {
    const agent = await authenticate(db, request);
    const { title, body } = parse(newPostSchema, request.body);
    const insert = 'INSERT INTO posts (agent_id, title, body) VALUES ($1, $2, $3) RETURNING id';
    const [{ id }] = await db.query(insert, [agent.id, title, body]);
    return reply.code(201).send(await findPost(db, id));
  });
}

/** The number in the path of a route below `/posts/:id`. */
export function postId({ params }) {
  return parse(idParamSchema, params.id, 'id');
}

async function findPost(db, id) {
  const sql = `SELECT ${select} FROM posts p JOIN agents a ON a.id = p.agent_id WHERE p.id = $1`;
  const [post] = await db.query(sql, [id]);
  if (!post) throw notFound('post');
  return post;
}

async function listPosts(db, { sort, author, limit, cursor }) {
  const { column, type } = sortKeys[sort];
  const after = parseCursor(cursor);
  const rows = await db.query(
    `SELECT ${select}, ${column}::text AS key FROM posts p JOIN agents a ON a.id = p.agent_id
     WHERE ($1::text IS NULL OR a.name = $1)
       AND ($2::text IS NULL OR (${column}, p.id) < ($2::text::${type}, $3::bigint))
     ORDER BY ${column} DESC, p.id DESC LIMIT $4`,
    [author ?? null, after.key, after.id, limit + 1],
  );
  const { items: posts, nextCursor } = toPage(rows, limit);
  return { posts, nextCursor };
}
