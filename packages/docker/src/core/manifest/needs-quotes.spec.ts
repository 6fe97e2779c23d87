import { parse } from 'yaml';
import { formatScalar } from './format-scalar.js';
import { needsQuotes } from './needs-quotes.js';

/** Refused or misread by kustomize without quotes, or read as another type by a parser of YAML 1.1 or 1.2. */
const typed = [
  '1',
  '1.2',
  '3.10',
  '1234567',
  '0123456',
  '123456e7',
  '12e4567',
  '1e3',
  '1.0',
  '.5',
  '1_000',
  '0x1f',
  '0o17',
  '0b11',
  'true',
  'Yes',
  'on',
  'n',
  'null',
  '~',
  '',
  '.inf',
  '-.INF',
  '.nan',
  '190:20:30',
  '2024-01-01',
  '=',
  '<<',
];

const texts = [
  'bcae089',
  'main-0123abc',
  'v1',
  '1.2.3',
  '1.2-rc',
  '1e',
  '0x1g',
  'yesterday',
  '2024-01',
  'sha256:00',
  '1a',
];

it.each(typed)('%j needs quotes', (text) => expect(needsQuotes(text)).toBe(true));
it.each(texts)('%j needs none', (text) => expect(needsQuotes(text)).toBe(false));

it.each(['1.1', '1.2'] as const)('everything that is written is a string of YAML %s', (version) => {
  for (const text of [...typed, ...texts, 'a: b', 'x #y', "it's", '"q"', '@at', '-', 'é\n']) {
    for (const source of ['', 'old', '"old"', "'old'"]) {
      if (source === "'old'" && text.includes('\n')) continue;
      const written = formatScalar(text, { source, value: 'old', isJson: false });
      expect([written, parse(`tag: ${written}`, { version })]).toEqual([written, { tag: text }]);
    }
  }
});

it.each([
  ['old', 'new'],
  ['"old"', '"new"'],
  ["'old'", "'new'"],
  ['|-\n  old', '|-\n  new'],
  ['>\n  old\n', '>\n  new\n'],
])('%j becomes %j', (source, written) => {
  expect(formatScalar('new', { source, value: 'old', isJson: false })).toBe(written);
});
