import { checkFlags, flagValue, readFlags } from './instruction-flags.js';

test('readFlags keeps repeated flags, and a flag without a value is true', () => {
  const flags = readFlags(['--a=1', '--b', '--a=2=3', '--c=']);
  expect(flags.get('a')).toEqual(['1', '2=3']);
  expect(['a', 'b', 'c', 'd'].map((name) => flagValue(flags, name))).toEqual(['1', 'true', '', '']);
});

test.each([
  [['--text=a', '--list=a', '--list=b', '--switch'], undefined],
  [['--switch=TRUE'], undefined],
  [['--tex=a'], 'unknown flag --tex of X'],
  [['--text=a', '--text=b'], 'duplicate flag --text'],
  [['--list'], '--list needs a value'],
  [['--switch=1'], '--switch is either true or false, not "1"'],
])('checkFlags(%j)', (flags, message) => {
  const kinds = { text: 'text', list: 'list', switch: 'switch' } as const;
  expect(checkFlags(flags, kinds, 'X')?.message).toBe(message);
});
