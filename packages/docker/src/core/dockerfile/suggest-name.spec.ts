import { suggestName } from './suggest-name.js';

test.each([
  ['FNTRYPOINT', 'ENTRYPOINT'],
  ['frm', 'FROM'],
  ['COYP', 'COPY'],
  ['FROM', undefined],
  ['something', undefined],
  ['', undefined],
])('suggestName(%j) is %j', (name, expected) => {
  expect(suggestName(name, ['FROM', 'COPY', 'ENTRYPOINT'])).toBe(expected);
});
