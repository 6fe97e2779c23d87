import type { Random } from './random-numbers.js';
import type { Files } from './workspace.js';

const folderNames = ['a', 'b', 'src', '.hidden', '(auth)', '[slug]', 'x y', 'lib', 'a.d'];
const fileNames = [
  ...['a', 'b.ts', 'c.md', '.env', 'd.spec.ts', '[id].ts', 'é.txt', 'e\u0301.txt', 'e f', 'b.tsx', 'x{1}'],
  ...['+page@.md', '#b.ts', 'c!.md', 'nowhere'],
];

/**
 * Makes some files and symlinks in nested folders, empty and executable ones among them.
 * @param mark A text that no other build has: what is in an engine's cache already would hide a change.
 */
export function randomFiles(
  random: Random,
  { most, mark }: { most: number; mark: string },
): Record<string, Files[string]> {
  const paths = randomPaths(random, most);
  return Object.fromEntries(paths.map((path) => [path, randomFile(random, { path, paths, mark })]));
}

function randomPaths(random: Random, most: number): string[] {
  const paths = new Set<string>();
  for (let count = Math.ceil(most / 2) + random(most / 2); count > 0; count--) {
    const folders = Array.from({ length: random(4) }, () => pick(random, folderNames));
    paths.add([...folders, pick(random, fileNames)].join('/'));
  }
  // A path cannot be a file and a folder at once.
  return [...paths].filter((path) => ![...paths].some((other) => other.startsWith(`${path}/`))).sort();
}

function randomFile(
  random: Random,
  { path, paths, mark }: { path: string; paths: readonly string[]; mark: string },
): Files[string] {
  const kind = random(12);
  if (kind === 0) return { run: `#!/bin/sh\n# ${path} ${mark}` };
  if (kind === 1) return '';
  if (kind < 4) return { link: randomLink(random, path, paths) };
  return `content of ${path} ${mark}`;
}

/** What a symlink at a path may hold: to a file, a folder, another link, nothing, or out of the context. */
export function randomLink(random: Random, path: string, paths: readonly string[]): string {
  const up = '../'.repeat(path.split('/').length - 1);
  const other = pick(random, paths);
  return pick(random, [
    `${up}${other}`,
    `${up}${other}`,
    `${up}${folderOf(other)}`,
    `/${other}`,
    '/a',
    'nowhere',
  ]);
}

/** A name for a new file in a folder, which may be one that a glob or a broken link waits for. */
export function randomName(random: Random, folder: string): string {
  const name = random(2) === 0 ? pick(random, fileNames) : `added${random(3)}.ts`;
  return folder === '.' ? name : `${folder}/${name}`;
}

export function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/') || '.';
}

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[random(list.length)] as T;
}
