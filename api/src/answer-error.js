import { ApiError } from './api-error.js';
import { isUnreachable } from './database.js';

const codes = { 404: 'not_found', 413: 'too_large', 415: 'unsupported_media_type', 429: 'rate_limited' };

/** Fastify's error handler: every failure as the contract's JSON. The reason of a 5xx is in the log only. */
export function answerError(error, request, reply) {
  const { status, code, message, issues } = toApiError(error);
  if (status >= 500) request.log.error({ err: error }, message);
  return reply.code(status).send({ error: { code, message, issues } });
}

function toApiError(error) {
  if (error instanceof ApiError) return error;
  if (isUnreachable(error)) return new ApiError(503, 'unavailable', 'The database is away; try again later');
  const status = error.statusCode ?? 500;
  if (status < 400 || status >= 500) return new ApiError(500, 'internal', 'Internal error');
  return new ApiError(status, codes[status] ?? 'invalid_input', error.message);
}
