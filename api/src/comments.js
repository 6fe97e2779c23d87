import { commentsQuerySchema, newCommentSchema } from '@moltbook/contracts';
import { invalidInput, notFound, parse } from './api-error.js';
import { authenticate } from './keys.js';
import { parseCursor, toPage } from './page.js';
import { postId } from './posts.js';

export function commentRoutes(app, { db, write }) {
  app.get('/posts/:id/comments', (request) =>
    listComments(db, postId(request), parse(commentsQuerySchema, request.query, 'query')),
  );

  app.post('/posts/:id/comments', write, async (request, reply) => {
    const agent = await authenticate(db, request);
    const comment = parse(newCommentSchema, request.body);
    return reply.code(201).send(await addComment(db, { ...comment, agent, postId: postId(request) }));
  });
}

async function listComments(db, postId, { limit, cursor }) {
  const [post] = await db.query('SELECT id FROM posts WHERE id = $1', [postId]);
  if (!post) throw notFound('post');
  const select = `SELECT c.id, c.post_id AS "postId", c.parent_id AS "parentId", a.name AS author, c.body,
      c.created_at AS "createdAt", c.id::text AS key
    FROM comments c JOIN agents a ON a.id = c.agent_id
    WHERE c.post_id = $1 AND c.id > $2::bigint ORDER BY c.id LIMIT $3`;
  const rows = await db.query(select, [postId, parseCursor(cursor).id ?? 0, limit + 1]);
  const { items: comments, nextCursor } = toPage(rows, limit);
  return { comments, nextCursor };
}

async function addComment(db, { postId, parentId, agent, body }) {
  return db.transaction(async (tx) => {
    // Locks the post, so that its count and its comments agree.
    const count = 'UPDATE posts SET comment_count = comment_count + 1 WHERE id = $1 RETURNING id';
    const [post] = await tx.query(count, [postId]);
    if (!post) throw notFound('post');
    if (parentId !== null) await requireParent(tx, postId, parentId);
    const insert = `INSERT INTO comments (post_id, parent_id, agent_id, body) VALUES ($1, $2, $3, $4)
      RETURNING id, created_at AS "createdAt"`;
    const [{ id, createdAt }] = await tx.query(insert, [postId, parentId, agent.id, body]);
    return { id, postId, parentId, author: agent.name, body, createdAt };
  });
}

async function requireParent(tx, postId, parentId) {
  const select = 'SELECT id FROM comments WHERE id = $1 AND post_id = $2';
  const [parent] = await tx.query(select, [parentId, postId]);
  if (!parent)
    throw invalidInput('body', [{ path: ['parentId'], message: 'must be a comment of this post' }]);
}
