import { splitBuilderFlags } from './builder-flags.js';

test.each([
  ['--a=b --c d --e', ['--a=b', '--c'], 'd --e'],
  ['  --a="x y"z', ['--a=x yz'], ''],
  ["--a='x\\'", ["--a=x'"], ''],
  ['--a=x\\ y z', ['--a=x y'], 'z'],
  ['-- --a', [], ' --a'],
  ['--', [], ''],
  ['-a --b', [], '-a --b'],
  ['a --b', [], 'a --b'],
  ['--a="open', ['--a=open'], ''],
  ['--a\\', ['--a'], ''],
  ['', [], ''],
])('%j has the flags %j and the rest %j', (text, flags, rest) => {
  expect(splitBuilderFlags(text, '\\')).toEqual({ flags, rest });
});

test('a longer character becomes one for each of its bytes, but not in the rest', () => {
  expect(splitBuilderFlags('--a=é ü', '\\')).toEqual({ flags: ['--a=\u00c3\u00a9'], rest: 'ü' });
});
