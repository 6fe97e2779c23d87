import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const repositoryRoot = join(__dirname, '../../..');

/** Folders without pages of this repository. */
const skipped = /^(?:\..*|node_modules|dist|fixtures|tmp)$/;

/** All markdown files of the repository, by path relative to its root. */
export function markdownPages(folder = '.'): string[] {
  return readdirSync(join(repositoryRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.test(entry.name) ? [] : markdownPages(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

export function readPage(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8');
}

/** The text below a heading, up to the next one of the same level. */
export function sectionOf(page: string, heading: string): string {
  const level = heading.slice(0, heading.indexOf(' ') + 1);
  return page.split(`\n${heading}\n`)[1]?.split(`\n${level}`)[0] ?? '';
}

/** The content of code blocks in one language. */
export function codeBlocks(text: string, language: string): string[] {
  const blocks = text.matchAll(/^```(\w*)\n([\s\S]*?)\n```$/gm);
  return [...blocks].flatMap(([, name, content = '']) => (name === language ? [content] : []));
}
