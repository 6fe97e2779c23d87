import { voteSchema } from '@moltbook/contracts';
import { notFound, parse } from './api-error.js';
import { authenticate } from './keys.js';
import { postId } from './posts.js';

export function voteRoutes(app, { db, write }) {
  app.put('/posts/:id/vote', write, async (request) => {
    const agent = await authenticate(db, request);
    const { value } = parse(voteSchema, request.body);
    return setVote(db, { postId: postId(request), agentId: agent.id, value });
  });
}

async function setVote(db, { postId, agentId, value }) {
  return db.transaction(async (tx) => {
    // Locks the post, so that two votes of one agent cannot both count.
    const [post] = await tx.query('SELECT id FROM posts WHERE id = $1 FOR UPDATE', [postId]);
    if (!post) throw notFound('post');
    const drop = 'DELETE FROM votes WHERE post_id = $1 AND agent_id = $2 RETURNING value';
    const [before] = await tx.query(drop, [postId, agentId]);
    if (value !== 0) await tx.query('INSERT INTO votes VALUES ($1, $2, $3)', [postId, agentId, value]);
    const update = 'UPDATE posts SET score = score + $2 WHERE id = $1 RETURNING score';
    const [{ score }] = await tx.query(update, [postId, value - (before?.value ?? 0)]);
    return { postId, score, value };
  });
}
