import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeBlocks, markdownPages, readPage, repositoryRoot, sectionOf } from '../testing/markdown-pages.js';
import { ciOptionNames } from './nx/ci-option-checks.js';
import { imageOptionNames, pluginOptionNames } from './nx/plugin-options.js';

const pages = markdownPages();

it('finds the pages', () => {
  expect(pages).toEqual(
    expect.arrayContaining(['README.md', 'docs/options.md', 'examples/simple/README.md']),
  );
});

it.each(pages)('%s links to what exists', (page) => {
  const links = [...readPage(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const broken = links.filter((link) => !/^https?:/.test(link) && !isThere(page, link));
  expect(broken).toEqual([]);
});

it('README.md shows the first command within 25 lines', () => {
  expect(readPage('README.md').split('\n').slice(0, 25).join('\n')).toMatch(/```sh\n/);
});

describe('docs/options.md', () => {
  const schema = JSON.parse(readPage('packages/docker/src/executors/build/schema.json'));

  it.each([
    ['Options of the plugin', pluginOptionNames],
    ['Options of one image', imageOptionNames],
    ['CI', ciOptionNames],
    ['Secrets', Object.keys(schema.properties.secrets.items.properties)],
    ['Options of the target', Object.keys(schema.properties)],
  ])('lists all under %s', (title, names) => {
    const section = sectionOf(readPage('docs/options.md'), `## ${title}`);
    const listed = [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...names].sort());
  });
});

describe('docs/architecture.md', () => {
  const page = readPage('docs/architecture.md');

  it.each([
    ['## The flow', /\b(?:[a-z]+[A-Z]|[A-Z][a-z]+[A-Z])\w*/g],
    ['## What one Nx command does', /(?<=`)\w+(?=`)/g],
  ])('names under "%s" what the source declares', (heading, name) => {
    const text = sectionOf(page, heading);
    const names = [...(codeBlocks(text, 'text')[0] ?? text).matchAll(name)].map(String);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((each) => each !== 'dependsOn' && !declared.has(each))).toEqual([]);
  });

  it('has a row for each folder of core', () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)` /gm)].map(([, folder]) => folder);
    const folders = readdirSync(join(__dirname, 'core'), { withFileTypes: true });
    const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(rows).toEqual(expect.arrayContaining(names));
  });
});

it('docs/decisions lists its pages, and each has the same parts', () => {
  const index = [...readPage('docs/decisions/README.md').matchAll(/^(\d+)\. \[(.+)\]\((.+)\)$/gm)];
  const listed = index.map(([, number, title, file]) => [`docs/decisions/${file}`, `# ${number}. ${title}`]);
  const found = pages
    .filter((page) => /^docs\/decisions\/\d/.test(page))
    .map((page) => [page, readPage(page).split('\n')[0]]);
  expect(listed).toEqual(found.sort());
  for (const [page = ''] of found)
    expect([
      page,
      readPage(page)
        .match(/^\*\*\w+\.\*\*/gm)
        ?.join(' '),
    ]).toEqual([page, '**Context.** **Decision.** **Consequences.** **Evidence.**']);
});

describe('docs/conformance.md', () => {
  it('has a row for each kind of case file', () => {
    const rows = [...readPage('docs/conformance.md').matchAll(/^\| `([\w.-]+)` /gm)].map(([, kind]) => kind);
    const adapters = readdirSync(join(__dirname, '../testing/conformance'));
    expect(rows.sort()).toEqual(adapters.map((file) => file.replace(/\.ts$/, '')).sort());
  });
});

/** What the source declares under a name, without its specs. */
const declared = new Set(
  readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .flatMap((file) => [
      ...readFileSync(join(__dirname, file), 'utf8').matchAll(
        /^(?:export )?(?:async )?(?:function|const|interface|type|class) (\w+)/gm,
      ),
    ])
    .map(([, name]) => name),
);

function isThere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(repositoryRoot, file))) return false;
  return anchor === undefined || anchors(file).includes(anchor);
}

/** Anchors as GitHub makes them of headings. */
function anchors(file: string): string[] {
  const text = readPage(file).replace(/^```[\s\S]*?^```/gm, '');
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
