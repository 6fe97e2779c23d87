import { z } from 'zod';

export const errorCodes = /** @type {const} */ ([
  'invalid_input',
  'unauthorized',
  'not_found',
  'name_taken',
  'too_large',
  'unsupported_media_type',
  'rate_limited',
  'unavailable',
  'internal',
]);

/** The body of every answer with a status of 400 or more. */
export const errorSchema = z.object({
  error: z.object({
    code: z.enum(errorCodes),
    message: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
});

/** @typedef {typeof errorCodes[number]} ErrorCode */
/** @typedef {z.infer<typeof errorSchema>} ErrorBody */
