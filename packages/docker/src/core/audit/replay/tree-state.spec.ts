import { treeState } from './tree-state.js';

it('says what came to be and what is gone', () => {
  const file = (path: string) => ({ path, entry: { path } });
  const gone = (path: string) => ({ path, entry: undefined });
  const tree = treeState([{ path: 'a/b/c' }, { path: 'a/d' }]);
  expect(tree.apply([file('a/b/c')])).toEqual([]);
  expect(tree.apply([file('x/y/z')])).toEqual(['x/y/z', 'x/y', 'x']);
  expect(tree.apply([gone('a/b/c'), gone('nowhere')])).toEqual(['a/b/c', 'a/b']);
  expect([...tree.entries.keys()]).toEqual(['a/d', 'x/y/z']);
});
