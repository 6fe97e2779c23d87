import { findUses } from './find-uses.js';
import { judgeUse } from './judge-use.js';
import { newestPin } from './newest-pin.js';
import { knownBadCommits, parsePin, pinnedActions, pinOf } from './pins.js';

const commit = (digit: string) => digit.repeat(40);

it('has a commit and a version for every action', () => {
  const pins = pinnedActions.map((action) => parsePin(pinOf(action)));
  expect(pins.every((pin) => pin && /^v\d+\.\d+\.\d+$/.test(pin.version))).toBe(true);
  expect(new Set(pins.map((pin) => pin?.commit)).size).toBe(pinnedActions.length);
  expect(pins.filter((pin) => pin && knownBadCommits.includes(pin.commit))).toEqual([]);
});

it.each([`${commit('a')} v1.2.3`, `${commit('A')} # v1.2.3`, `${commit('a')} # main`, 'v4'])(
  'takes %s for no pin',
  (text) => {
    expect(parsePin(text)).toBeUndefined();
  },
);

it('finds the actions of a workflow', () => {
  const text = `
jobs:
  a:
    steps:
      - uses: actions/checkout@${commit('a')} # v7.0.1
      - name: x
        uses: "github/codeql-action/init@v4"
      - uses: ./.github/actions/mine
      - uses: docker://alpine:3
      - run: "echo uses: actions/checkout@v1"
  b:
    uses: acme/flows/.github/workflows/x.yml@main
`;
  expect(findUses(text)).toEqual([
    { action: 'actions/checkout', ref: commit('a'), comment: 'v7.0.1', line: 5 },
    { action: 'github/codeql-action/init', ref: 'v4', comment: '', line: 7 },
    { action: 'acme/flows/.github/workflows/x.yml', ref: 'main', comment: '', line: 12 },
  ]);
});

it.each([
  [commit('a'), 'v1.2.3', undefined],
  [commit('a'), '', 'does not say which version it is'],
  ['v4', '', 'is a name that can move to another commit'],
  [knownBadCommits[0] ?? '', 'v45.0.7', 'is a commit that steals secrets'],
])('judges %s # %s', (ref, comment, fault) => {
  expect(judgeUse({ ref, comment })).toBe(fault);
});

describe('newestPin', () => {
  const pin = { commit: commit('a'), version: 'v4.1.0' };

  it.each([
    ['a newer release', `${commit('b')}\trefs/tags/v4.1.1\n`, 'v4.1.1', 'b'],
    [
      'numbers, not letters',
      `${commit('b')}\trefs/tags/v4.9.0\n${commit('c')}\trefs/tags/v4.10.0`,
      'v4.10.0',
      'c',
    ],
    [
      'the commit behind a tag with a message',
      `${commit('b')}\trefs/tags/v4.2.0\n${commit('c')}\trefs/tags/v4.2.0^{}`,
      'v4.2.0',
      'c',
    ],
    ['no other major', `${commit('b')}\trefs/tags/v5.0.0\n${commit('c')}\trefs/tags/v3.9.9`, 'v4.1.0', 'a'],
    [
      'no moving tag and no trial',
      `${commit('b')}\trefs/tags/v4\n${commit('c')}\trefs/tags/v4.2.0-rc.1`,
      'v4.1.0',
      'a',
    ],
    ['no older release', `${commit('b')}\trefs/tags/v4.0.9`, 'v4.1.0', 'a'],
    ['no commit that steals', `${knownBadCommits[0]}\trefs/tags/v4.9.9`, 'v4.1.0', 'a'],
    ['nothing', '', 'v4.1.0', 'a'],
  ])('takes %s', (_, tags, version, digit) => {
    expect(newestPin(pin, tags)).toEqual({ version, commit: commit(digit) });
  });
});
