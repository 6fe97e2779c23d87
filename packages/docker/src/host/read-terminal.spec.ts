import { plainText } from '../core/report/terminal.js';
import { readTerminal } from './read-terminal.js';

it('paints on a terminal', () => {
  const terminal = readTerminal({ isTTY: true, columns: 80 }, {});
  expect([terminal.columns, terminal.paint('bold', 'x')]).toEqual([80, '\u001b[1mx\u001b[22m']);
});

it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('paints nothing with %j', (env) =>
  expect(readTerminal({ isTTY: true, columns: 80 }, env).paint('bold', 'x')).toBe('x'),
);

it('leaves lines whole and without colours in a pipe', () => {
  expect(readTerminal({ isTTY: false, columns: 80 }, {})).toBe(plainText);
});
