import { codeBlocks, readPage, sectionOf } from '../testing/markdown-pages.js';
import { computeTags } from './core/tags/compute-tags.js';
import type { TagFacts } from './core/tags/facts.js';
import { parseTagRule } from './core/tags/parse-tag-rule.js';

const page = readPage('docs/tags.md');
const facts: TagFacts = {
  event: 'push',
  ref: 'refs/heads/main',
  sha: '0123456789abcdef0123456789abcdef01234567',
  defaultBranch: 'main',
};
const now = new Date('2026-04-05T06:07:08Z');

it.each([
  ['`main`, the default branch', 'refs/heads/main'],
  ['the branch `feature/login`', 'refs/heads/feature/login'],
  ['the git tag `v1.2.3`', 'refs/tags/v1.2.3'],
  ['the git tag `v0.4.1`', 'refs/tags/v0.4.1'],
  ['the git tag `v1.2.3-rc.1`', 'refs/tags/v1.2.3-rc.1'],
  ['the pull request 7, where it is pushed', 'refs/pull/7/merge'],
])('docs/tags.md shows the tags of %s', (row, ref) => {
  const { tags } = computeTags({ images: [], facts: { ...facts, ref }, now });
  const [shown = ''] = cellsOf(row);
  expect(codeIn(shown.replace(/;.*/, ''))).toEqual(tags);
});

it('docs/tags.md shows the tags of its configuration', () => {
  const section = sectionOf(page, '## Paste a configuration');
  const { publish } = JSON.parse(codeBlocks(section, 'json')[0] ?? '').options;
  const { tags, problems } = computeTags({
    ...{ images: [], ...publish, now },
    facts: { ...facts, ref: 'refs/tags/v1.2.3' },
  });
  expect(problems).toEqual([]);
  expect(codeIn(/`v1\.2\.3` then gives (.*?)\. A block/s.exec(section)?.[1] ?? '')).toEqual(tags);
});

it.each([
  ['schedule', ''],
  ['semver', ',pattern=x'],
  ['pep440', ',pattern=x'],
  ['match', ',pattern=x'],
  ['edge', ''],
  ['ref', ',event=pr'],
  ['raw', ',value=x'],
  ['sha', ''],
])('docs/tags.md has attributes and priority of the type %s', (type, required) => {
  const rule = parseTagRule(`type=${type}${required}`);
  const attrs = 'attrs' in rule ? rule.attrs : {};
  const [, attributes = '', priority] = cellsOf(`\`${type}\``);
  const names = codeIn(attributes).map((code) => code.split('=')[0]);
  expect(priority).toBe(attrs.priority);
  expect(names).toEqual(
    expect.arrayContaining(Object.keys(attrs).filter((name) => !/^(?:enable|priority)$/.test(name))),
  );
});

it.each([
  ['type=sha,prefix={{branch}}-', 'refs/tags/v1.0.0', []],
  ['type=raw,value=.x', 'refs/heads/main', ['x']],
  ['type=raw,value={{branch}}', 'refs/heads/a&b', ['a-b']],
  ['type=raw,value=x,enable={{#if is_default_branch}}true{{else}}false{{/if}}', 'refs/heads/x', []],
])('docs/tags.md is right that %s for %s gives %j', (rule, ref, tags) => {
  expect(computeTags({ images: [], tags: [rule], facts: { ...facts, ref }, now }).tags).toEqual(tags);
});

/** The other cells of the row that begins with a text. */
function cellsOf(first: string): string[] {
  const row = page.split('\n').find((line) => line.startsWith(`| ${first} `)) ?? '';
  return row
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}

function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}
