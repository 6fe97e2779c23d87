import { folderOf, pick } from './random-files.js';
import type { Random } from './random-numbers.js';

/** Makes the text of an ignore file with up to five rules that have something to do with the paths. */
export function randomIgnoreFile(random: Random, paths: readonly string[]): string {
  const rules = Array.from({ length: 1 + random(5) }, () => {
    if (random(12) === 0) return pick(random, ['', '# a comment', '/', ' # a', '.', '!.']);
    const isBack = random(3) === 0;
    return `${isBack ? '!' : ''}${randomRule(random, pick(random, paths))}`;
  });
  return rules.join(pick(random, ['\n', '\n', '\r\n'])) + pick(random, ['', '\n']);
}

function randomRule(random: Random, path: string): string {
  const name = path.split('/').at(-1) ?? '';
  const [first = ''] = path.split('/');
  const rule = pick(random, [
    ...[path, `/${path}`, `./${path}/`, folderOf(path), name, first, `${first}/../${path}`],
    ...['*', '**', '*/*', '**/**', '*/', '**/*.ts', '*.md', '**.ts', '**/.*', '?', '*/?', '[a-c]*'],
    ...[`**/${name}`, `**/${name.slice(0, 1)}*`, `${folderOf(path)}/*`, `${folderOf(path)}/**`],
    ...[`${first}/**/*.ts`, `${first}/*/${name}`, `*/${name}`, `${first.slice(0, 1)}**`, `**/${first}/**`],
  ]);
  // A class of characters as it is, else an escaped bracket, or any character.
  return rule === '[a-c]*' ? rule : rule.replace(/[[\]]/g, (it) => pick(random, ['?', `\\${it}`]));
}
