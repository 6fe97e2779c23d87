import { foldedSet } from './folded-set.js';

it('depends on what is in it, and on nothing else', () => {
  const set = foldedSet(['a', 'b']);
  const before = set.digest();
  expect(foldedSet(['b', 'a']).digest()).toBe(before);
  set.add('c');
  expect(set.digest()).not.toBe(before);
  set.remove('c');
  expect(set.digest()).toBe(before);
});
