import { leaveOutCircles } from './leave-out-circles.js';

const edges = (text: string) =>
  text
    .split(' ')
    .filter(Boolean)
    .map(([source = '', target = '']) => ({ source, target }));

it.each([
  ['no circle', '', 'ab bc ac', ''],
  ['the last edge of a circle', '', 'ab bc ca ad', 'ca'],
  ['each edge of the same two projects', '', 'ab ba ab ba', 'ba ba'],
  ['an edge against one that is there', 'ab bc', 'ca cd', 'ca'],
  ['nothing for a circle that was there', 'ab ba', 'bc', ''],
])('leaves out %s', (_, fixed, wanted, left) => {
  const result = leaveOutCircles(edges(fixed), edges(wanted));
  expect(result.left).toEqual(edges(left));
  expect(result.kept.length + result.left.length).toBe(edges(wanted).length);
});
