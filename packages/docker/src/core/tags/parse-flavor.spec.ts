import { parseFlavor } from './parse-flavor.js';

const plain = { latest: 'auto', prefix: '', prefixLatest: false, suffix: '', suffixLatest: false };

it.each([
  [[], {}],
  [['latest=false'], { latest: 'false' }],
  [['prefix=a=b,onlatest=true', 'suffix=-c'], { prefix: 'a=b', prefixLatest: true, suffix: '-c' }],
  [['prefix=a-,suffix=-b,onlatest=true'], { prefix: 'a-', suffix: '-b', suffixLatest: true }],
  [['# none\nsuffix=-c\nsuffix=-d'], { suffix: '-d' }],
])('reads %j', (inputs, expected) => {
  expect(parseFlavor(inputs)).toEqual({ flavor: { ...plain, ...expected }, problems: [] });
});

it.each([
  ['latest=yes', 'latest is yes'],
  ['latest', 'latest has no meaning in it'],
  ['postfix=a', 'postfix has no meaning in it'],
  ['onlatest=true', 'onlatest has nothing before it'],
  ['prefix=a,onlatest=1', 'onlatest is 1'],
])('refuses %s and takes the others', (line, failure) => {
  const { flavor, problems } = parseFlavor([line, 'suffix=-c']);
  expect(flavor).toEqual({ ...plain, suffix: '-c' });
  expect(problems.map(({ message }) => message)).toEqual([`the flavor "${line}" cannot be used: ${failure}`]);
});
