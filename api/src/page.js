import { invalidInput } from './api-error.js';

/**
 * A page of `rows`, which are one more than `limit` where there is a next page. Its cursor is where it ended:
 * the sort key of the last row, as PostgreSQL prints it so that no digit is lost, and that row's id.
 */
export function toPage(rows, limit) {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map(({ key, ...item }) => item),
    nextCursor: last ? Buffer.from(`${last.key} ${last.id}`).toString('base64url') : null,
  };
}

/** The { key, id } of a cursor, both null for the first page; throws a 400 when the cursor is none of ours. */
export function parseCursor(cursor) {
  if (cursor === undefined) return { key: null, id: null };
  const match = /^(-?\d{1,16}(?:\.\d{1,20})?) (\d{1,16})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match) throw invalidInput('query', [{ path: ['cursor'], message: 'must be a nextCursor' }]);
  return { key: match[1], id: match[2] };
}
