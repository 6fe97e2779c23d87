import type { Problem } from '../errors.js';
import { countProblems, formatProblems } from './format-problems.js';
import { plainText } from './terminal.js';

const warning: Problem = {
  code: 'SOURCE_MISSING',
  severity: 'warning',
  message: 'src does not exist in the build context, api',
  fix: 'create src, or correct the path',
  place: { file: 'api/Dockerfile', line: 2, column: 6 },
  sourceLine: 'COPY src /a/very/long/line/that/is/never/broken',
};
const error: Problem = { code: 'OPTIONS_INVALID', severity: 'error', message: 'wrong', fix: 'mend it' };

it('leaves lines whole where there is no terminal', () => {
  expect(
    formatProblems([warning, error], plainText).join('\n'),
  ).toBe(`api/Dockerfile:2:6: warning: src does not exist in the build context, api (SOURCE_MISSING)
    COPY src /a/very/long/line/that/is/never/broken
         ^
  Fix: create src, or correct the path

wrong (OPTIONS_INVALID)
  Fix: mend it`);
});

it('breaks them between words on a terminal, but for the source line', () => {
  expect(
    formatProblems([warning], { ...plainText, columns: 34 }).join('\n'),
  ).toBe(`api/Dockerfile:2:6: warning:
  src does not exist in the
  build context, api
  (SOURCE_MISSING)
    COPY src /a/very/long/line/that/is/never/broken
         ^
  Fix: create src, or correct
    the path`);
});

it('paints the place, the severity, the caret and the fix', () => {
  const tags = { paint: (style: string, text: string) => `<${style}>${text}</>` };
  expect(formatProblems([warning], tags)).toEqual([
    '<bold>api/Dockerfile:2:6:</> <yellow>warning:</> src does not exist in the build context, api (SOURCE_MISSING)',
    '<dim>    COPY src /a/very/long/line/that/is/never/broken</>',
    '<yellow>         ^</>',
    '  <green>Fix:</> create src, or correct the path',
  ]);
});

it.each([
  [[], '0 errors, 0 warnings'],
  [[error], '1 error, 0 warnings'],
  [[error, warning, warning], '1 error, 2 warnings'],
])('counts %#', (problems, text) => expect(countProblems(problems)).toBe(text));
