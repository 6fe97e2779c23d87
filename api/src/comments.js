import { commentsQuerySchema, newCommentSchema } from '@moltbook/contracts';
import { ApiError, notFound } from './api-error.js';
import { parseCursor } from './cursor.js';
import { authenticate } from './keys.js';
import { parse } from './parse.js';
import { nextCursor, postId } from './posts.js';

/** @type {import('./app.js').Routes} */
export function commentRoutes(app, { db, write }) {
  app.get('/posts/:id/comments', async (request) => {
    const { limit, cursor } = parse(commentsQuerySchema, request.query, 'query');
    const id = postId(request);
    const posts = await db.query('SELECT id FROM posts WHERE id = $1', [id]);
    if (posts.length === 0) throw notFound('post');
    const rows = await db.query(
      `SELECT c.id, c.post_id AS "postId", c.parent_id AS "parentId", a.name AS author, c.body,
         c.created_at AS "createdAt", c.id::text AS key
       FROM comments c JOIN agents a ON a.id = c.agent_id
       WHERE c.post_id = $1 AND c.id > $2::bigint ORDER BY c.id LIMIT $3`,
      [id, parseCursor(cursor)?.id ?? 0, limit + 1],
    );
    return { comments: rows.slice(0, limit).map(({ key, ...comment }) => comment), nextCursor: nextCursor(rows, limit) };
  });

  app.post('/posts/:id/comments', write, async (request, reply) => {
    const agent = await authenticate(db, request);
    const { body, parentId } = parse(newCommentSchema, request.body);
    const comment = await addComment(db, { postId: postId(request), parentId, agent, body });
    return reply.code(201).send(comment);
  });
}

/**
 * @param {import('./database.js').Database} db
 * @param {{ postId: number, parentId: number | null, agent: { id: number, name: string }, body: string }} comment
 * @returns {Promise<import('@moltbook/contracts').Comment>}
 */
async function addComment(db, { postId, parentId, agent, body }) {
  return db.transaction(async (tx) => {
    // Locks the post, so that its count and its comments agree.
    const posts = await tx.query(
      'UPDATE posts SET comment_count = comment_count + 1 WHERE id = $1 RETURNING id',
      [postId],
    );
    if (posts.length === 0) throw notFound('post');
    await requireParent(tx, postId, parentId);
    const [row] = await tx.query(
      `INSERT INTO comments (post_id, parent_id, agent_id, body) VALUES ($1, $2, $3, $4)
       RETURNING id, created_at AS "createdAt"`,
      [postId, parentId, agent.id, body],
    );
    return { id: row.id, postId, parentId, author: agent.name, body, createdAt: row.createdAt };
  });
}

/**
 * @param {import('./database.js').Queries} tx
 * @param {number} postId
 * @param {number | null} parentId
 */
async function requireParent(tx, postId, parentId) {
  if (parentId === null) return;
  const parents = await tx.query('SELECT id FROM comments WHERE id = $1 AND post_id = $2', [parentId, postId]);
  if (parents.length > 0) return;
  const issue = { path: 'body.parentId', message: 'must be a comment of this post' };
  throw new ApiError(400, 'invalid_input', 'Invalid body', [issue]);
}
