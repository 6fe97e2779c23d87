import { commitTag, guardTag, inputsTag } from './guard-tag.js';

const [old, head, next, newest] = ['0', 'a', 'b', 'c'].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
  string,
];
const branch = { name: 'main', holdsHead: true, newer: [newest, next] };

it('names marks', () => {
  expect(commitTag(head)).toBe(`sha-${head}`);
  expect(inputsTag(`sha256:${'1'.repeat(64)}`)).toBe(`inputs-${'1'.repeat(64)}`);
});

describe('on a branch', () => {
  it.each([
    ['latest', [], undefined],
    ['latest', [commitTag(old), commitTag(head)], undefined],
    ['latest', [commitTag(next)], { reason: 'bbbbbbb is newer and published', instead: commitTag(next) }],
    [
      'main',
      [commitTag(next), commitTag(newest)],
      { reason: 'ccccccc is newer and published', instead: commitTag(newest) },
    ],
    ['main-aaaaaaa', [commitTag(newest)], undefined],
    [
      'nightly',
      [commitTag(newest)],
      { reason: 'ccccccc is newer and published', instead: commitTag(newest) },
    ],
  ])('%s, where %j is held: %j', (tag, held, refusal) => {
    expect(guardTag(tag, { head, held, branch })).toEqual(refusal);
  });

  it('moves nothing for a commit that the branch does not have', () => {
    const facts = { head, held: [], branch: { ...branch, holdsHead: false, newer: [] } };
    expect(guardTag('latest', facts)).toEqual({ reason: 'aaaaaaa is no commit of main' });
    expect(guardTag('main-aaaaaaa', facts)).toBeUndefined();
  });
});

describe('for a git tag', () => {
  const held = [
    'latest',
    '1.2.3',
    '1.10.0',
    '2.0.0-rc.1',
    'v1.9.9',
    '1.2.9-alpine',
    'cache-linux-amd64',
    '9',
  ];

  it.each([
    ['1.2.4', '1.2.4', undefined],
    ['1.2.4', '1.2', undefined],
    ['1.2.2', '1.2', { reason: '1.2.3 is higher', instead: '1.2.3' }],
    ['1.2.4', '1', { reason: '1.10.0 is higher', instead: '1.10.0' }],
    ['v1.2.4', 'v1', { reason: 'v1.9.9 is higher', instead: 'v1.9.9' }],
    ['1.2.4', 'latest', { reason: '1.10.0 is higher', instead: '1.10.0' }],
    ['1.11.0', 'latest', undefined],
    ['1.10.0', 'stable', undefined],
    ['1.2.4', '1.2-alpine', { reason: '1.2.9-alpine is higher', instead: '1.2.9-alpine' }],
    ['2.0.0', '2', undefined],
    ['api/v1.2.4', '1', { reason: '1.10.0 is higher', instead: '1.10.0' }],
    ['release-of-may', 'latest', undefined],
  ])('%s may have %s: %j', (gitTag, tag, refusal) => {
    expect(guardTag(tag, { head, held, gitTag })).toEqual(refusal);
  });
});

it('moves everything where neither a branch nor a tag is published', () => {
  expect(guardTag('latest', { head, held: [commitTag(newest)] })).toBeUndefined();
});
