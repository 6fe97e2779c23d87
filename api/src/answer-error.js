import { ApiError } from './api-error.js';
import { isUnreachable } from './database.js';

/** @type {Record<number, import('@moltbook/contracts').ErrorCode>} */
const codes = {
  404: 'not_found',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
};

/**
 * Fastify's error handler: every failure as the JSON of the contract. Only what is not the client's fault is
 * logged, and only its log holds the reason.
 *
 * @param {unknown} error
 * @param {import('fastify').FastifyRequest} request
 * @param {import('fastify').FastifyReply} reply
 */
export function answerError(error, request, reply) {
  const { status, code, message, issues } = toApiError(error);
  if (status >= 500) request.log.error({ err: error }, message);
  return reply.code(status).send({ error: { code, message, issues } });
}

/**
 * @param {unknown} error
 * @returns {ApiError}
 */
function toApiError(error) {
  if (error instanceof ApiError) return error;
  if (isUnreachable(error)) return new ApiError(503, 'unavailable', 'The database is not reachable; try again later');
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (!(error instanceof Error) || status < 400 || status >= 500) return new ApiError(500, 'internal', 'Internal error');
  return new ApiError(status, codes[status] ?? 'invalid_input', error.message);
}
