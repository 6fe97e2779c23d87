import { isPassing, retryDelay } from './retry-delay.js';

const now = Date.parse('2026-01-01T00:00:00Z');

it.each([
  [1, undefined, 500],
  [2, undefined, 1000],
  [4, undefined, 4000],
  [20, undefined, 60_000],
  [1, '3', 3000],
  [3, '0', 0],
  [1, '86400', 60_000],
  [1, 'Thu, 01 Jan 2026 00:00:07 GMT', 7000],
  [1, 'Wed, 31 Dec 2025 00:00:00 GMT', 0],
  [1, 'soon', 500],
])('waits before attempt %i, where %s is asked for, %i ms', (attempt, retryAfter, delay) => {
  expect(retryDelay(attempt, { firstDelay: 500, retryAfter, now })).toBe(delay);
});

it.each([
  [429, true],
  [503, true],
  [404, false],
  [501, false],
])('%i passes: %s', (status, passes) => expect(isPassing(status)).toBe(passes));
