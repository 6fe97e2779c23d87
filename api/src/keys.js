import { createHash, randomBytes } from 'node:crypto';
import { ApiError } from './api-error.js';

/** A new API key: 32 random bytes behind a prefix that secret scanners can look for. */
export function createKey() {
  return `moltbook_${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a key. It holds 256 random bits, so its SHA-256 needs no salt and no slow hash. */
export function hashKey(key) {
  return createHash('sha256').update(key).digest();
}

/** The agent ({ id, name }) whose key the request carries; throws a 401. */
export async function authenticate(db, { headers }) {
  const key = /^Bearer (moltbook_[\w-]{43})$/i.exec(headers.authorization ?? '')?.[1];
  const [agent] = key
    ? await db.query('SELECT id, name FROM agents WHERE key_hash = $1', [hashKey(key)])
    : [];
  if (!agent) throw new ApiError(401, 'unauthorized', "Send your key as 'Authorization: Bearer moltbook_…'");
  return agent;
}
