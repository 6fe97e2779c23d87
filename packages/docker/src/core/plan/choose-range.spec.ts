import { chooseRange, type RangeAnswers } from './choose-range.js';
import type { BaseQuestion } from './ci-event.js';
import type { PlanEvent } from './plan.js';

const before = 'b'.repeat(40);
const head = 'e'.repeat(40);
const tip = 'd'.repeat(40);
const old = 'a'.repeat(40);
const zeros = '0'.repeat(40);

const known: RangeAnswers = {
  head,
  headParents: [before],
  isShallow: false,
  base: before,
  mergeBase: before,
};
const push: BaseQuestion = { revisions: [before], how: 'exact', from: 'the push event' };
const pull: BaseQuestion = { revisions: [before], how: 'merge-base', from: 'the pull request' };

function without(...names: (keyof RangeAnswers)[]): RangeAnswers {
  return Object.fromEntries(
    Object.entries(known).filter(([name]) => !names.includes(name as keyof RangeAnswers)),
  ) as unknown as RangeAnswers;
}

it.each<[string, BaseQuestion | string, PlanEvent, RangeAnswers, string | null, string]>([
  ['a push', push, 'push', known, before, 'differ from bbbbbbbbbbbb (named by the push event)'],
  ['a tag', 'a tag has no base', 'tag', known, null, 'all images, because a tag has no base'],
  ['an empty base', { ...push, revisions: [''] }, 'push', known, null, 'the push event names no base'],
  [
    'a first push',
    { ...push, revisions: [zeros] },
    'push',
    without('base'),
    null,
    'is the first one of its branch',
  ],
  [
    'a base that is gone',
    push,
    'push',
    without('base', 'mergeBase'),
    null,
    'is not in this clone (rewritten',
  ],
  [
    'a base beyond a shallow clone',
    push,
    'push',
    { ...without('base', 'mergeBase'), isShallow: true },
    null,
    'is not in this shallow clone',
  ],
  [
    'a hostile base',
    { ...push, revisions: ['$(touch x)\n'] },
    'push',
    without('base', 'mergeBase'),
    null,
    'names "$(touch x)\\n", which',
  ],
  [
    'a push of the same commit',
    push,
    'push',
    { ...known, base: head, mergeBase: head },
    null,
    'names the commit itself',
  ],
  [
    'the same commit without a push',
    push,
    'local',
    { ...known, base: head, mergeBase: head },
    head,
    'differ from eeeeeeeeeeee',
  ],
  ['a force push', push, 'push', { ...known, mergeBase: old }, before, 'pushed over: it is no ancestor'],
  ['a force push that leaves nothing in common', push, 'push', without('mergeBase'), before, 'pushed over'],
  [
    'a push to a shallow clone that has the base',
    push,
    'push',
    { ...without('mergeBase'), isShallow: true },
    before,
    'named by the push event)',
  ],
  ['a pull request', pull, 'pull-request', { ...known, mergeBase: old }, old, 'where the branch began'],
  ['a pull request of the newest commit', pull, 'pull-request', known, before, 'named by the pull request'],
  [
    'a pull request checked out as its merge',
    { ...pull, mergedTip: tip },
    'pull-request',
    { ...known, headParents: [old, tip] },
    old,
    'what it would be merged into',
  ],
  [
    'a pull request checked out as its tip',
    { ...pull, mergedTip: head },
    'pull-request',
    { ...known, mergeBase: old },
    old,
    'where the branch began',
  ],
  [
    'a merge although the base is not there',
    { ...pull, mergedTip: tip },
    'pull-request',
    { ...without('base', 'mergeBase'), headParents: [old, tip], isShallow: true },
    old,
    'merged into',
  ],
  ['unrelated histories', pull, 'pull-request', without('mergeBase'), null, 'no history in common'],
  [
    'a shallow clone without the fork point',
    pull,
    'pull-request',
    { ...without('mergeBase'), isShallow: true },
    null,
    'does not show where the branch left',
  ],
  [
    'a pull request without commits',
    pull,
    'pull-request',
    { ...known, base: head, mergeBase: head },
    head,
    'differ from',
  ],
])('%s', (_, question, event, answers, base, scope) => {
  const range = chooseRange(question, event, answers);
  expect(range.base).toBe(base);
  expect(range.scope).toContain(scope);
});
