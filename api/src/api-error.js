/** An answer that is not a success. The code is for programs, the message for people. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {import('@moltbook/contracts').ErrorCode} code
   * @param {string} message
   * @param {{ path: string, message: string }[]} [issues]
   */
  constructor(status, code, message, issues) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.issues = issues;
  }
}

/** @param {string} what */
export function notFound(what) {
  return new ApiError(404, 'not_found', `No such ${what}`);
}
