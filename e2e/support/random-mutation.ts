import { chmodSync, lstatSync, readFileSync, readlinkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, pick, randomLink, randomName } from './random-files.js';
import type { Random } from './random-numbers.js';
import { type Files, writeFiles } from './workspace.js';

type Content = Files[string];

export interface Mutation {
  readonly kind: 'content' | 'mode' | 'link' | 'addition' | 'deletion' | 'renaming';
  /** The paths that it touches: two if it renames. */
  readonly paths: readonly string[];
  /** Mutations that have this in common could lead to the same build, the second time out of the cache. */
  readonly outcome: string;
  apply(): void;
  undo(): void;
}

export interface MutationPlace {
  readonly root: string;
  /** The files that may be changed, relative to the root. */
  readonly paths: readonly string[];
  /** A text that no other mutation has. */
  readonly mark: string;
}

/** Chooses one change of one file, as a commit could make it. Folders stay, even if they become empty. */
export function randomMutation(random: Random, place: MutationPlace): Mutation {
  const { root, paths, mark } = place;
  const path = pick(random, paths);
  const file = { path, content: readContent(root, path) };
  const added = freePath(root, randomName(random, folderOf(path)));
  const renamed = freePath(root, randomName(random, folderOf(pick(random, paths))));
  const link = randomLink(random, path, paths);
  const isLink = typeof file.content === 'object' && 'link' in file.content;
  const choices = [
    ...[
      addition(place, added),
      renaming(root, path, renamed),
      deletion(root, file),
      relinking(root, file, link),
    ],
    ...(isLink ? [] : [writing(root, file, mark), writing(root, file, mark), modeChange(root, path)]),
  ];
  return pick(random, choices);
}

function readContent(root: string, path: string): Content {
  const stat = lstatSync(join(root, path));
  if (stat.isSymbolicLink()) return { link: readlinkSync(join(root, path)) };
  const text = readFileSync(join(root, path), 'utf8');
  return stat.mode & 0o111 ? { run: text } : text;
}

/** A folder can be there that holds no file which may be changed, such as that of the Dockerfile. */
function freePath(root: string, wanted: string): string {
  const isTaken = lstatSync(join(root, wanted), { throwIfNoEntry: false }) !== undefined;
  return isTaken ? freePath(root, `${wanted}.new`) : wanted;
}

function addition({ root, mark }: MutationPlace, path: string): Mutation {
  return {
    kind: 'addition',
    paths: [path],
    outcome: `added ${path}`,
    apply: () => writeFiles(root, { [path]: `added ${mark}` }),
    undo: () => rmSync(join(root, path)),
  };
}

function renaming(root: string, from: string, to: string): Mutation {
  return {
    kind: 'renaming',
    paths: [from, to],
    outcome: `removed ${from}`,
    apply: () => renameSync(join(root, from), join(root, to)),
    undo: () => renameSync(join(root, to), join(root, from)),
  };
}

interface File {
  readonly path: string;
  readonly content: Content;
}

function deletion(root: string, { path, content }: File): Mutation {
  return {
    kind: 'deletion',
    paths: [path],
    outcome: `removed ${path}`,
    apply: () => rmSync(join(root, path)),
    undo: () => writeFiles(root, { [path]: content }),
  };
}

/** Points a symlink elsewhere, or puts one in the place of a file; out of the context where that is no change. */
function relinking(root: string, file: File, wanted: string): Mutation {
  const isSame = typeof file.content === 'object' && 'link' in file.content && file.content.link === wanted;
  const link = isSame ? '../../elsewhere' : wanted;
  return { kind: 'link', outcome: `${file.path} to ${link}`, ...replacement(root, file, { link }) };
}

function writing(root: string, file: File, mark: string): Mutation {
  const { content } = file;
  const next =
    typeof content === 'object' && 'run' in content ? { run: content.run + mark } : `${content}${mark}`;
  return { kind: 'content', outcome: `written ${file.path}`, ...replacement(root, file, next) };
}

function replacement(
  root: string,
  { path, content }: File,
  next: Content,
): Omit<Mutation, 'kind' | 'outcome'> {
  const write = (wanted: Content) => {
    rmSync(join(root, path));
    writeFiles(root, { [path]: wanted });
  };
  return { paths: [path], apply: () => write(next), undo: () => write(content) };
}

function modeChange(root: string, path: string): Mutation {
  const file = join(root, path);
  const mode = lstatSync(file).isSymbolicLink() ? 0 : lstatSync(file).mode & 0o777;
  return {
    kind: 'mode',
    paths: [path],
    outcome: `mode of ${path}`,
    apply: () => chmodSync(file, mode ^ 0o111),
    undo: () => chmodSync(file, mode),
  };
}
