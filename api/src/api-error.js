/** An answer that is not a success: an HTTP status, a code of the contract, what people read, what to correct. */
export class ApiError extends Error {
  constructor(status, code, message, issues) {
    super(message);
    Object.assign(this, { name: 'ApiError', status, code, issues });
  }
}

export function notFound(what) {
  return new ApiError(404, 'not_found', `No such ${what}`);
}

/** `where` is the input's part (body, query, id), the head of each issue's path. */
export function invalidInput(where, issues) {
  const pathed = issues.map(({ path, message }) => ({ path: [where, ...path].join('.'), message }));
  return new ApiError(400, 'invalid_input', `Invalid ${where}`, pathed);
}

/** The input as the zod schema makes it; throws an ApiError with one issue for each thing that is wrong. */
export function parse(schema, input, where = 'body') {
  const { success, data, error } = schema.safeParse(input);
  if (!success) throw invalidInput(where, error.issues);
  return data;
}
