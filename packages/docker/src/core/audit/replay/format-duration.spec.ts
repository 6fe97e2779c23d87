import { formatDuration } from './format-duration.js';

it.each([
  [0, '0'],
  [1, '1 s'],
  [119, '119 s'],
  [120, '2 min'],
  [5400, '90 min'],
  [7200, '2 h'],
  [172_800, '2 d'],
])('formats %i as %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
