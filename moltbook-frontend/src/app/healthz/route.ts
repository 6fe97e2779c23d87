export const dynamic = 'force-dynamic';

/** Whether this server serves; the API may be away, which the pages then say. */
export function GET(): Response {
  return Response.json({ status: 'ok' });
}
