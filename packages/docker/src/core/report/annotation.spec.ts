import { formatAnnotation } from './annotation.js';

it.each([
  ['notice', 'latest stays', true, '::notice::latest stays'],
  ['warning', '100%\r\n::error::no', true, '::warning::100%25%0D%0A::error::no'],
  ['warning', 'one\ntwo', false, 'warning: one two'],
] as const)('%s: %j on GitHub: %s', (level, message, isGitHub, line) => {
  expect(formatAnnotation(level, message, isGitHub)).toBe(line);
});
