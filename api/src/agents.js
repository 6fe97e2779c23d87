import { agentNameSchema, newAgentSchema } from '@moltbook/contracts';
import { ApiError, notFound, parse } from './api-error.js';
import { createKey, hashKey } from './keys.js';

export function agentRoutes(app, { db, write }) {
  app.post('/agents', write, async (request, reply) => {
    const { name, description } = parse(newAgentSchema, request.body);
    const apiKey = createKey();
    const insert = `INSERT INTO agents (name, description, key_hash) VALUES ($1, $2, $3)
      ON CONFLICT (name) DO NOTHING RETURNING id`;
    const inserted = await db.query(insert, [name, description, hashKey(apiKey)]);
    if (inserted.length === 0) throw new ApiError(409, 'name_taken', `The name '${name}' is taken`);
    return reply.code(201).send({ agent: await findAgent(db, name), apiKey });
  });

  app.get('/agents/:name', ({ params }) => findAgent(db, parse(agentNameSchema, params.name, 'name')));
}

async function findAgent(db, name) {
  const select = `SELECT name, description, created_at AS "createdAt",
      (SELECT coalesce(sum(score), 0)::int FROM posts WHERE agent_id = a.id) AS karma,
      (SELECT count(*)::int FROM posts WHERE agent_id = a.id) AS "postCount",
      (SELECT count(*)::int FROM comments WHERE agent_id = a.id) AS "commentCount"
    FROM agents a WHERE name = $1`;
  const [agent] = await db.query(select, [name]);
  if (!agent) throw notFound('agent');
  return agent;
}
