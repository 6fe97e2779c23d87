import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { followLinks, replaceFile } from './stage-file.js';

/**
 * Writes a file whole or not at all: a reader never sees half of it, a failure leaves the old one. A file that is there
 * keeps its mode, and a link leads where it led.
 */
export function writeFileWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const target = followLinks(path);
  const stat = statSync(target, { throwIfNoEntry: false });
  // A terminal, a pipe or another device is written to, and not replaced.
  if (stat && !stat.isFile()) writeFileSync(target, text);
  else replaceFile(target, text);
}
