import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { problemCodes } from './core/errors.js';
import { imageOptionNames, pluginOptionNames } from './nx/plugin-options.js';

const root = join(__dirname, '../../..');
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...markdownBelow('docs'),
  ...markdownBelow('examples'),
  ...['api', 'moltbook-frontend', 'k8s', 'tools', 'packages/docker'].flatMap(markdownBelow),
];

it.each(pages)('%s links to what exists', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const broken = links.filter((link) => !/^https?:/.test(link) && !isThere(page, link));
  expect(broken).toEqual([]);
});

describe('docs/errors.md', () => {
  const sections = read('docs/errors.md').split(/^## /m).slice(1);

  it('has a section for each code, and for no other', () => {
    expect(sections.map((section) => section.split('\n')[0])).toEqual(Object.keys(problemCodes));
  });

  it.each(sections)('says what the code means, shows it, and what to do: %#', (section) => {
    const code = section.split('\n')[0] as keyof typeof problemCodes;
    for (const text of [problemCodes[code], `(${code})`, '  Fix: ', '**Why.**', '**Bad.**', '**Good.**'])
      expect(section).toContain(text);
  });
});

describe('docs/options.md', () => {
  const schema = JSON.parse(read('packages/docker/src/executors/build/schema.json'));
  const secret = Object.keys(schema.properties.secrets.items.properties);

  it.each([
    ['Options of the plugin', pluginOptionNames],
    ['Options of one image', imageOptionNames],
    ['Secrets', secret],
    ['Options of the target', Object.keys(schema.properties)],
  ])('lists all under %s', (title, names) => {
    const section = read('docs/options.md').split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
    const listed = [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...names].sort());
  });
});

it('README.md shows the first command within 25 lines', () => {
  expect(read('README.md').split('\n').slice(0, 25).join('\n')).toMatch(/```sh\n/);
});

function markdownBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !/node_modules|fixtures|\.next|dist\//.test(name))
    .map((name) => `${folder}/${name}`);
}

function isThere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? page : relative(root, join(root, dirname(page), path));
  if (!existsSync(join(root, file))) return false;
  return anchor === undefined || headings(file).includes(anchor);
}

/** Anchors as GitHub makes them of headings. */
function headings(file: string): string[] {
  return [
    ...read(file)
      .replace(/^```[\s\S]*?^```/gm, '')
      .matchAll(/^#+ (.+)$/gm),
  ].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
