import { parseEmbedded, parseYaml, type YamlFile, type YamlValue } from './yaml-value.js';

function slice({ text }: YamlFile, { range: [from, to] }: YamlValue): string {
  return text.slice(from, to);
}

it('keeps texts as they are written, and where they stand', () => {
  const file = parseYaml('a.yml', "# 📦\r\non:\r\n  push: {tags: [1.10, 'v*']}\r\n");
  const tags = file.root.get('on').get('push').get('tags');
  expect(tags.items().map(({ text }) => text)).toEqual(['1.10', 'v*']);
  expect(tags.items().map((item) => slice(file, item))).toEqual(['1.10', "'v*'"]);
  expect(tags.items()[1]?.place).toEqual({ file: 'a.yml', line: 3, column: 23 });
});

it('follows aliases and merged keys', () => {
  const { root } = parseYaml('a.yml', 'a: &a {x: 1, y: 2}\nb: *a\nc: {<<: *a, y: 3}\n');
  expect(root.get('b').get('x').text).toBe('1');
  expect(root.get('c').get('x').text).toBe('1');
  expect(root.get('c').get('y').text).toBe('3');
  expect(
    root
      .get('c')
      .entries()
      .map(({ key }) => key),
  ).toEqual(['y', 'x']);
  expect(root.get('d').get('e').exists).toBe(false);
});

it('says where a file is broken, and takes nothing from it', () => {
  const { root, problems } = parseYaml('a.yml', 'a: b\nc: [d\n');
  expect(root.exists).toBe(false);
  expect(problems[0]).toMatchObject({ code: 'WORKFLOW_INVALID', place: { file: 'a.yml', line: 3 } });
});

it('finds the places of YAML in a literal block', () => {
  const file = parseYaml('a.yml', 'with:\n  filters: |\n\n    api:\n      - api/**\n  x: y\n');
  const inner = parseEmbedded(file, file.root.get('with').get('filters'));
  const [pattern] = inner.root.get('api').items();
  expect(pattern && slice(file, pattern)).toBe('api/**');
  expect(pattern?.place).toEqual({ file: 'a.yml', line: 5, column: 9 });
});

it('gives YAML in quotes the place of the quotes', () => {
  const file = parseYaml('a.yml', 'filters: "api: [a]"\n');
  const inner = parseEmbedded(file, file.root.get('filters'));
  expect(inner.root.get('api').items()[0]).toMatchObject({ text: 'a', place: { line: 1, column: 10 } });
});
