/** Answers after which the same question may be asked again. */
const passing = new Set([408, 429, 500, 502, 503, 504]);
const longest = 60_000;

export function isPassing(status: number): boolean {
  return passing.has(status);
}

/**
 * How long to wait before the next attempt, in milliseconds: what the registry asks for, else twice as long each time.
 *
 * @param attempt Counts from 1.
 * @param retryAfter The `Retry-After` header: seconds or a date (RFC 9110, section 10.2.3).
 * @param now Milliseconds since 1970.
 */
export function retryDelay(
  attempt: number,
  { firstDelay, retryAfter, now }: { firstDelay: number; retryAfter: string | undefined; now: number },
): number {
  const asked = retryAfter === undefined ? undefined : parseRetryAfter(retryAfter, now);
  return Math.min(longest, asked ?? firstDelay * 2 ** (attempt - 1));
}

function parseRetryAfter(text: string, now: number): number | undefined {
  if (/^\d+$/.test(text.trim())) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
