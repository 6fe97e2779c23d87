import { editJson, type JsonValue } from './edit-json.js';

it.each<[string, string, (string | number)[], JsonValue, string]>([
  ['a new key', '{\n  "a": 1\n}\n', ['b'], 2, '{\n  "a": 1,\n  "b": 2\n}\n'],
  ['a key of an empty object', '{}', ['a'], { b: [] }, '{\n  "a": {\n    "b": []\n  }\n}'],
  ['a value', '{\n    "a": 1 // one\n}', ['a'], 'x', '{\n    "a": "x" // one\n}'],
  ['an item', '{ "a": ["x", "y"] }', ['a', 2], 'z', '{ "a": ["x", "y", "z"] }'],
  [
    'an item of a list in lines',
    '{\n\t"a": [\n\t\t{ "b": 1 } /* c */\n\t]\n}',
    ['a', 1],
    'z',
    '{\n\t"a": [\n\t\t{ "b": 1 },\n\t\t"z" /* c */\n\t]\n}',
  ],
  [
    'a list that is not there',
    '{\n  "a": 1\n}',
    ['b', 'c', 0],
    'z',
    '{\n  "a": 1,\n  "b": {\n    "c": [\n      "z"\n    ]\n  }\n}',
  ],
  [
    'windows line ends',
    '{\r\n  "a": 1\r\n}',
    ['b'],
    ['x'],
    '{\r\n  "a": 1,\r\n  "b": [\r\n    "x"\r\n  ]\r\n}',
  ],
  ['a last comma', '{\n  "a": 1, // one\n}', ['b'], 2, '{\n  "a": 1,\n  "b": 2 // one\n}'],
  ['an object with a comment', '{\n  // none\n}', ['a'], 1, '{\n  "a": 1\n  // none\n}'],
  ['a comment before a comma', '{"a": 1 /* c */ }', ['b'], 2, '{"a": 1, "b": 2 /* c */ }'],
  ['an object in a line', '{"a": [1]}', ['a', 1], { b: ['c', {}] }, '{"a": [1, { "b": ["c", {}] }]}'],
  ['a key with an escape', '{"\\u0061": 1}', ['a'], 2, '{"\\u0061": 2}'],
  ['the last of two keys', '{"a": 1, "a": 2}', ['a'], 3, '{"a": 1, "a": 3}'],
  ['a byte order mark', '\uFEFF{}', ['a'], 1, '\uFEFF{\n  "a": 1\n}'],
])('sets %s', (_, text, path, value, expected) => {
  expect(editJson(text, path, value)).toBe(expected);
});

it.each(['', '{', '{"a" 1}', '[1 2]', '{"a": nope}', '{}{}'])('refuses %j', (text) => {
  expect(() => editJson(text, ['a'], 1)).toThrow(/unexpected/);
});

it('refuses a path through a scalar', () => {
  expect(() => editJson('{"a": 1}', ['a', 'b'], 1)).toThrow('there is no place for "b" in a scalar');
});

it('sets what JSON.parse reads, whatever was there', () => {
  const texts = ['{}', '{"a":{"b":[1,{"c":2}]}}', '{\n  "a": {\n    "x": [ ]\n  }, "z": null\n}', '{"a":{}}'];
  for (const text of texts)
    for (const value of ['x', 1, null, [], {}, { q: ['"\n'] }] as JsonValue[]) {
      const edited = JSON.parse(editJson(text, ['a', 'n'], value));
      const expected = JSON.parse(text);
      expected.a = { ...expected.a, n: value };
      expect(edited).toEqual(expected);
    }
});
