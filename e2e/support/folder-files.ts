import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './run.js';

/** The text files that git has below some paths of a folder, by path relative to it. */
export async function folderFiles(
  folder: string,
  paths: readonly string[] = ['.'],
): Promise<Record<string, string>> {
  const { stdout } = await git(
    folder,
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    ...paths,
  );
  const names = stdout.split('\0').filter(Boolean);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
