import { createScope, expandInScope, inheritScope, lookUp } from './variable-scope.js';

test('a scope sees what it is built from, and hides it', () => {
  const parent = createScope({ isOpen: false, os: 'linux' });
  parent.values.set('A', { text: '1' }).set('B', { text: '2' });
  const child = inheritScope(parent);
  child.values.set('B', { text: '3' });
  expect(expandInScope(child, '$A$B$C', '\\').text).toBe('13');
  expect(lookUp(parent, 'B')).toEqual({ text: '2' });
});

test('only PATH is set from the start, unless the base image decides', () => {
  expect(lookUp(createScope({ isOpen: false, os: 'linux' }), 'PATH').text).toContain('/usr/bin');
  expect(lookUp(createScope({ isOpen: false, os: 'windows' }), 'PATH').text).toContain('System32');
  expect(lookUp(inheritScope(createScope({ isOpen: true, os: 'linux' })), 'PATH')).toEqual({
    knownPrefix: '',
  });
});

test('a long chain of stages is looked through without recursion', () => {
  let scope = createScope({ isOpen: false, os: 'linux' });
  for (let i = 0; i < 50_000; i++) scope = inheritScope(scope);
  expect(lookUp(scope, 'NONE')).toEqual({});
});
