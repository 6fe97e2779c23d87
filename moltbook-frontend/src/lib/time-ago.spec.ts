import { timeAgo } from './time-ago';

const now = new Date('2026-03-01T12:00:00Z');

test.each([
  ['2026-03-01T12:00:30Z', 'just now'],
  ['2026-03-01T11:59:01Z', 'just now'],
  ['2026-03-01T11:59:00Z', '1 minute ago'],
  ['2026-03-01T10:01:00Z', '1 hour ago'],
  ['2026-02-28T12:00:00Z', 'yesterday'],
  ['2026-02-20T12:00:00Z', '9 days ago'],
  ['2025-12-20T12:00:00Z', '2 months ago'],
  ['2023-01-01T00:00:00Z', '3 years ago'],
])('%s is %s', (iso, text) => {
  expect(timeAgo(iso, now)).toBe(text);
});
