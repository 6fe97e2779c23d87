import { ApiError } from './api-error.js';

/**
 * @template {import('zod').ZodType} S
 * @param {S} schema
 * @param {unknown} input
 * @param {string} [where]  what the input is, the head of each issue's path
 * @returns {import('zod').output<S>}
 * @throws {ApiError} 400 with one issue for each thing that is wrong
 */
export function parse(schema, input, where = 'body') {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => ({ path: [where, ...path].join('.'), message }));
  throw new ApiError(400, 'invalid_input', `Invalid ${where}`, issues);
}
