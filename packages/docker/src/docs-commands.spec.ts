import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks, markdownPages, readPage, repositoryRoot } from '../testing/markdown-pages.js';
import { main } from './cli.js';

const scripts = JSON.parse(readPage('package.json')).scripts as Record<string, string>;
const schema = JSON.parse(readPage('packages/docker/src/executors/build/schema.json'));
const generators = JSON.parse(readPage('packages/docker/generators.json')).generators;
/** The last two are Nx's own. */
const buildOptions = [...Object.keys(schema.properties), 'configuration', 'exclude-task-dependencies'];
let usage = '';

beforeAll(async () => {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await main(['--help']);
  usage = String(write.mock.calls[0]?.[0]);
  write.mockRestore();
});

/** What is wrong with a command line of a page; nothing is known of commands that are not ours. */
function faultOf(command: string): string | undefined {
  const [, script] = /\bnpm run ([\w:-]+)/.exec(command) ?? [];
  if (script && !Object.hasOwn(scripts, script)) return `no script ${script}`;
  const [, tool] = /\bnode (\S+\.mjs)/.exec(command) ?? [];
  if (tool && !existsSync(join(repositoryRoot, tool))) return `no file ${tool}`;
  const [, generator] = /@moltbook\/docker:([\w-]+)/.exec(command) ?? [];
  if (generator && !Object.hasOwn(generators, generator)) return `no generator ${generator}`;
  const [, target = ''] = /\bnx docker-build\S* (.*)$/.exec(command) ?? [];
  const option = optionsIn(target).find((name) => !buildOptions.includes(name));
  if (option) return `no option ${option} of docker-build`;
  const [, ours = ''] = /\bmoltbook-docker (.*)$/.exec(command) ?? [];
  const words = ours === '' ? [] : [ours.split(' ')[0] ?? '', ...optionsIn(ours).map((name) => `--${name}`)];
  return words.every(isInUsage) ? undefined : `not in the usage: ${ours}`;
}

/** Commands and options each begin a line of the usage. */
function isInUsage(word: string): boolean {
  return usage.split('\n').some((line) => line.trim().split(/[ ,]/)[0] === word);
}

function optionsIn(line: string): string[] {
  return [...line.matchAll(/ --([\w-]+)/g)].map(([, name = '']) => name);
}

it.each([
  ['npm run nothing -- --once', 'no script nothing'],
  ['node tools/nothing.mjs', 'no file tools/nothing.mjs'],
  ['npx nx generate @moltbook/docker:nothing', 'no generator nothing'],
  ['npx nx docker-build api --nothing', 'no option nothing of docker-build'],
  ['npx moltbook-docker nothing', 'not in the usage: nothing'],
  ['npx moltbook-docker lint --nothing', 'not in the usage: lint --nothing'],
  ['node tools/with-engine.mjs -- npx nx docker-build-worker api --noCache', undefined],
  ['npm run demo -- --once', undefined],
  ['docker version', undefined],
])('%s: %s', (command, fault) => expect(faultOf(command)).toBe(fault));

it('gives only commands that exist, in all pages', () => {
  const commands = markdownPages().flatMap((page) =>
    codeBlocks(readPage(page), 'sh').flatMap((block) =>
      block.split('\n').map((line) => ({ page, command: line.replace(/ +#.*$/, '').replace(/^#.*$/, '') })),
    ),
  );
  expect(commands.length).toBeGreaterThan(30);
  const wrong = commands.map(({ page, command }) => [page, command, faultOf(command)]);
  expect(wrong.filter(([, , fault]) => fault !== undefined)).toEqual([]);
});
