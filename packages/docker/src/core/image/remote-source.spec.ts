import { classifyRemote } from './remote-source.js';

const commit = '0123456789abcdef0123456789abcdef01234567';

test.each([
  ['https://h.org/x.tar.gz', 'http', false],
  ['http://h.org/r.git/x', 'http', false],
  ['https://h.org/o/r.git', 'git', false],
  ['https://h.org/o/r.git#v1:sub', 'git', false],
  [`https://h.org/o/r.git#${commit}:sub`, 'git', true],
  [`https://h.org/o/r.git?branch=main&commit=${commit}`, 'git', true],
  ['git@h.org:o/r.git', 'git', false],
  ['ssh://git@h.org/o/r', 'git', false],
  ['git://h.org/o/r', 'git', false],
])('%s is %s (pinned: %j)', (source, kind, isPinned) => {
  expect(classifyRemote(source)).toEqual({ kind, isPinned });
});

test.each(['a', 'github.com/o/r', './git@h.org:x', 'a:b', 'ftp://h.org/x', 'https:/h.org/x'])(
  '%s is a path',
  (source) => {
    expect(classifyRemote(source)).toBeUndefined();
  },
);
