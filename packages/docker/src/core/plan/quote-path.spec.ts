import { quotePath } from './quote-path.js';

it.each([
  ['api/src/server.js', 'api/src/server.js'],
  ['größe und $(x) 😀', 'größe und $(x) 😀'],
  ['a\nb', '"a\\nb"'],
  ['a"b', '"a\\"b"'],
  [' a', '" a"'],
  ['a\u202eb', '"a\\u{202e}b"'],
  ['a\u2028b', '"a\\u{2028}b"'],
  ['a\u001b[31mb', '"a\\u001b[31mb"'],
])('%j', (path, quoted) => expect(quotePath(path)).toBe(quoted));
