import { parseTagRule, parseTagRules, strayAttributes, type TagRule } from './parse-tag-rule.js';

it.each([
  ['latest', 'raw', { priority: '200', enable: 'true', value: 'latest' }],
  ['type=sha', 'sha', { priority: '100', enable: 'true', prefix: 'sha-', format: 'short' }],
  ['type=ref,event=pr', 'ref', { priority: '600', enable: 'true', prefix: 'pr-', event: 'pr' }],
  ['type=ref,event=pr,prefix=', 'ref', { priority: '600', enable: 'true', prefix: '', event: 'pr' }],
  ['TYPE=edge, branch = dev', 'edge', { priority: '700', enable: 'true', branch: 'dev' }],
  [
    'type=match,"pattern=^v(\\d{1,2})$",value=a=b',
    'match',
    { priority: '800', enable: 'true', pattern: '^v(\\d{1,2})$', group: '0', value: 'a=b' },
  ],
  ['type=raw,"value=say ""hi"", you"', 'raw', { priority: '200', enable: 'true', value: 'say "hi", you' }],
])('reads %s', (line, type, attrs) => {
  expect(parseTagRule(line)).toEqual({ type, attrs });
});

it.each([
  ['type=ref,event=push', 'event is push', 'set event to branch or tag or pr'],
  ['type=sha,format=tiny', 'format is tiny', 'set format to short or long'],
  ['type=match,pattern=a,group=x', 'group is x', 'set group to the number of a group of the pattern'],
  ['type=match', 'it has no pattern', 'add pattern=… to it'],
  ['type=__proto__', 'there is no type __proto__', expect.stringContaining('use one of')],
])('refuses %s', (line, failure, fix) => {
  expect(parseTagRule(line)).toEqual({ failure, fix });
});

it('sorts by priority, then keeps the order', () => {
  const lines = ['a', 'type=sha,priority=300', 'b', 'type=edge', 'c,priority=1000'];
  expect(parseTagRules(lines).map(({ line }) => line)).toEqual([
    'c,priority=1000',
    'type=edge',
    'type=sha,priority=300',
    'a',
    'b',
  ]);
});

it('finds attributes without a meaning', () => {
  expect(strayAttributes(parseTagRule('type=sha,event=branch,suffix=x') as TagRule)).toEqual(['event']);
});
