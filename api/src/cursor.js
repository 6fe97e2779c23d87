import { ApiError } from './api-error.js';

/**
 * A cursor is where a page ended: the sort key of its last row and that row's id, opaque to the client.
 *
 * @param {{ key: string, id: number }} position  `key` as PostgreSQL prints it, so that no digit is lost
 */
export function formatCursor({ key, id }) {
  return Buffer.from(`${key} ${id}`).toString('base64url');
}

/**
 * @param {string | undefined} cursor
 * @returns {{ key: string, id: string } | undefined}
 * @throws {ApiError} 400 when it is no cursor of ours
 */
export function parseCursor(cursor) {
  if (cursor === undefined) return undefined;
  const match = /^(-?\d{1,16}(?:\.\d{1,20})?) (\d{1,16})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match) {
    const issue = { path: 'query.cursor', message: 'must be the nextCursor of an earlier page' };
    throw new ApiError(400, 'invalid_input', 'Invalid query', [issue]);
  }
  const [, key = '', id = ''] = match;
  return { key, id };
}
