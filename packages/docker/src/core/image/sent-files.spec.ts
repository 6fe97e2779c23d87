import { indexFiles } from './file-index.js';
import { sentFiles } from './sent-files.js';

const index = indexFiles([
  { path: 'app/a' },
  { path: 'app/dir/b' },
  { path: 'app/dir/c.md' },
  { path: 'app/dir/up', mode: 'symlink', link: '../../../a' },
  { path: 'app/abs', mode: 'symlink', link: '/dir/./up' },
  { path: 'app/two', mode: 'symlink', link: 'dir/../a' },
  { path: 'app/loop', mode: 'symlink', link: 'loop/x' },
  { path: 'app/none', mode: 'folder' },
  { path: 'app/hollow/in/none', mode: 'folder' },
  { path: 'a' },
]);

function sent(text = '') {
  return sentFiles({ folder: 'app', ignoreFile: { path: 'app/.dockerignore', text } }, index);
}

test.each([
  ['.', '', 'folder'],
  ['a', '', 'file'],
  ['abs', '', 'symlink'],
  ['dir', '', 'folder'],
  ['none', '', 'folder'],
  ['app', '', undefined],
  ['a', '*', undefined],
  ['dir', '*', undefined],
  ['dir', '*\n!dir/b', 'folder'],
  ['dir', 'dir/*', 'folder'],
  ['hollow', 'hollow', undefined],
  ['hollow', 'hollow\n!hollow/in/none', 'folder'],
  ['hollow', 'hollow\n!hollow/in\nhollow/in/*', 'folder'],
  ['hollow', 'hollow\n!hollow/i', undefined],
])('%s with %j is a %s', (path, ignore, expected) => {
  expect(sent(ignore).kindOf(path)).toBe(expected);
});

test.each([
  ['dir', '', ['dir/b', 'dir/c.md', 'dir/up']],
  ['dir', '**/*.md', ['dir/b', 'dir/up']],
  ['dir', 'dir', []],
  ['nothing', '', []],
])('below %s with %j: %j', (path, ignore, expected) => {
  expect(sent(ignore).below(path)).toEqual(expected);
});

test.each([
  ['dir/b', { path: 'dir/b', links: [] }],
  ['dir/up', { path: 'a', links: ['dir/up'] }],
  ['abs', { path: 'a', links: ['abs', 'dir/up'] }],
  ['two', { path: 'a', links: ['two'] }],
  ['gone/x', { path: 'gone/x', links: [] }],
  ['loop', { path: 'loop', links: ['loop'], isCircular: true }],
])('%s leads to %j', (path, expected) => {
  expect(sent().follow(path)).toEqual(expected);
});

test('only what is asked for is sent', () => {
  const { kindOf, below } = sentFiles({ folder: 'app' }, index, (path) => path === 'dir/b');
  expect(['a', 'dir', 'dir/b', 'none'].map(kindOf)).toEqual([undefined, 'folder', 'file', undefined]);
  expect(below('.')).toEqual(['dir/b']);
});

test('a link that is not sent is not followed', () => {
  expect(sent('abs').follow('abs')).toEqual({ path: 'abs', links: [] });
});
