import { setJsonValue } from './set-json-value.js';

const nxJson = `{
  "plugins": [
    "other",
    {
      "plugin": "@moltbook/docker/plugin",
      "exclude": ["a", "b"],
      "options": { "registry": "ghcr.io/acme" }
    }
  ],
  "defaultBase": "main"
}
`;

const cases: [string, (string | number)[], unknown][] = [
  ['replaces a text', ['defaultBase'], 'trunk'],
  ['adds a key', ['sync'], { globalGenerators: ['x'] }],
  ['adds what is missing on the way', ['plugins', 1, 'options', 'ci', 'pins'], { 'a/b': 'c' }],
  ['replaces an entry of a list', ['plugins', 0], { plugin: 'other', options: {} }],
];

it.each(cases)('%s', (_, path, value) => {
  const text = setJsonValue(nxJson, path, value) ?? '';
  const expected = JSON.parse(nxJson);
  let parent = expected;
  for (const key of path.slice(0, -1)) {
    parent[key] ??= {};
    parent = parent[key];
  }
  parent[path.at(-1) ?? ''] = value;
  expect(JSON.parse(text)).toEqual(expected);
  const kept = nxJson.split('\n').filter((line) => text.includes(`${line}\n`));
  expect(kept.length).toBeGreaterThan(8);
});

it('indents what it adds as its surroundings are', () => {
  expect(setJsonValue('{\n  "a": { "b": 1 }\n}\n', ['a', 'c'], { d: 2 })).toBe(
    '{\n  "a": { "b": 1,\n    "c": {\n      "d": 2\n    }\n  }\n}\n',
  );
  expect(setJsonValue('{}', ['a'], 1)).toBe('{\n  "a": 1\n}');
});

it.each([
  ['{ // a comment\n "a": 1 }', ['a']],
  ['{ "a": [1] }', ['a', 'b']],
  ['{ "a": 1 }', ['a', 'b']],
  ['', ['a']],
])('leaves alone what it cannot edit: %j', (text, path) => {
  expect(setJsonValue(text, path, 2)).toBeUndefined();
});
