import { createHash, randomBytes } from 'node:crypto';
import { ApiError } from './api-error.js';

/** A new API key: 32 random bytes behind a prefix that secret scanners can look for. */
export function createKey() {
  return `moltbook_${randomBytes(32).toString('base64url')}`;
}

/**
 * What is stored of a key. A key has 256 bits of chance, so no salt and no slow hash is needed: nobody can
 * guess it from its SHA-256.
 *
 * @param {string} key
 */
export function hashKey(key) {
  return createHash('sha256').update(key).digest();
}

/**
 * The agent whose key the request carries as `Authorization: Bearer …`.
 *
 * @param {import('./database.js').Queries} db
 * @param {import('fastify').FastifyRequest} request
 * @returns {Promise<{ id: number, name: string }>}
 * @throws {ApiError} 401
 */
export async function authenticate(db, request) {
  const key = /^Bearer (moltbook_[\w-]{43})$/i.exec(request.headers.authorization ?? '')?.[1];
  const [agent] = key ? await db.query('SELECT id, name FROM agents WHERE key_hash = $1', [hashKey(key)]) : [];
  if (!agent) throw new ApiError(401, 'unauthorized', "Send your key as 'Authorization: Bearer moltbook_…'");
  return agent;
}
