import { voteSchema } from '@moltbook/contracts';
import { notFound } from './api-error.js';
import { authenticate } from './keys.js';
import { parse } from './parse.js';
import { postId } from './posts.js';

/** @type {import('./app.js').Routes} */
export function voteRoutes(app, { db, write }) {
  app.put('/posts/:id/vote', write, async (request) => {
    const agent = await authenticate(db, request);
    const { value } = parse(voteSchema, request.body);
    return setVote(db, { postId: postId(request), agentId: agent.id, value });
  });
}

/**
 * @param {import('./database.js').Database} db
 * @param {{ postId: number, agentId: number, value: -1 | 0 | 1 }} vote
 * @returns {Promise<import('@moltbook/contracts').VoteResult>}
 */
async function setVote(db, { postId, agentId, value }) {
  return db.transaction(async (tx) => {
    // Locks the post, so that two votes of one agent cannot both count.
    const posts = await tx.query('SELECT score FROM posts WHERE id = $1 FOR UPDATE', [postId]);
    if (posts.length === 0) throw notFound('post');
    const [before] = await tx.query('DELETE FROM votes WHERE post_id = $1 AND agent_id = $2 RETURNING value', [
      postId,
      agentId,
    ]);
    if (value !== 0) {
      await tx.query('INSERT INTO votes (post_id, agent_id, value) VALUES ($1, $2, $3)', [postId, agentId, value]);
    }
    const [{ score }] = await tx.query('UPDATE posts SET score = score + $2 WHERE id = $1 RETURNING score', [
      postId,
      value - (before?.value ?? 0),
    ]);
    return { postId, score, value };
  });
}
