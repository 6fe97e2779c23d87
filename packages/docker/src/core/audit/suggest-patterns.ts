import { compileRegion } from '../image/input-regions.js';
import type { AuditImage } from './audit-image.js';
import { compileList } from './match-list.js';
import type { PathList } from './path-list.js';

export interface SuggestFacts {
  readonly list: PathList;
  readonly image: AuditImage;
  /** All files of the repository. */
  readonly files: readonly string[];
  /** True if the list decides about no other image. */
  readonly isAlone: boolean;
}

interface Candidate {
  readonly pattern: string;
  readonly covers: (path: string) => boolean;
}

/**
 * Patterns in the dialect of a list, to be added at its end, that cover some files: those of the image's inputs where one
 * fits, since they hold for files yet to come; else what the list excludes, if all of it is input; else the file's path.
 */
export function suggestPatterns(missed: readonly string[], facts: SuggestFacts): string[] {
  const { list } = facts;
  const candidates = [...excluded(facts), ...ofInputs(facts)];
  const patterns: string[] = [];
  let left = [...missed];
  while (left.length > 0) {
    const [next = ''] = left;
    const best = candidates.reduce<readonly string[]>((most, { pattern, covers }) => {
      const covered = left.filter(covers);
      return covered.length > most.length - 1 && covered.length > 0 ? [pattern, ...covered] : most;
    }, []);
    const [pattern = literal(next, list.dialect), ...covered] = best;
    patterns.push(pattern);
    const gone = new Set([next, ...covered]);
    left = left.filter((file) => !gone.has(file));
  }
  const distinct = [...new Set(patterns)];
  return distinct.includes('**') ? [...distinct, ...exceptions(facts)] : distinct;
}

function ofInputs({ list, image }: SuggestFacts): Candidate[] {
  // Behind exclusions from everything, everything would take them all back.
  const isWhole = list.dialect === 'paths-ignore' || list.items.some(({ pattern }) => pattern === '**');
  return image.patterns.positive
    .filter((region) => !(isWhole && region.startsWith('**')))
    .map((region) => toDialect(region, list.dialect))
    .map((pattern) => ({ pattern, covers: compileOne(pattern, list) }));
}

/** What the list excludes, where nothing but inputs is excluded by it. */
function excluded({ list, image, files }: SuggestFacts): Candidate[] {
  const { dialect, items } = list;
  if (dialect !== 'paths' && dialect !== 'paths-ignore') return [];
  const inputs = new Set(image.inputs.map(({ path }) => path));
  return items
    .map(({ pattern }) => pattern)
    .filter((pattern) => pattern.startsWith('!') === (dialect === 'paths'))
    .map((pattern) => pattern.replace(/^!/, ''))
    .map((pattern) => ({ pattern, covers: compileOne(pattern, list) }))
    .filter(({ covers }) => files.every((file) => !covers(file) || inputs.has(file)));
}

const mostExceptions = 20;

/** What is taken from everything: files that the image never reads, and that pass the list for no other reason. */
function exceptions({ list, image, files, isAlone }: SuggestFacts): string[] {
  const { negative } = image.patterns;
  if (list.dialect !== 'paths' || !isAlone || negative.length > mostExceptions) return [];
  const { passes } = compileList(list);
  const passing = files.filter(passes);
  return negative
    .filter((region) => !passing.some(compileRegion(region)))
    .map((region) => `!${toDialect(region, 'paths')}`);
}

function compileOne(pattern: string, list: PathList): (path: string) => boolean {
  const item = { pattern, place: list.place, range: [0, 0] as const };
  const dialect = list.dialect === 'paths-ignore' ? 'paths' : list.dialect;
  return compileList({ ...list, dialect, items: [item] }).passes;
}

/** In a region, `*`, `?` and `**` are special, and `?` mostly stands for a character that cannot be written. */
function toDialect(region: string, dialect: PathList['dialect']): string {
  const pattern = region.split(/(\*\*\/\*$|\*\*|\*|\?)/).map((part, index) => {
    if (index % 2 === 0) return escapeFor(part, dialect);
    if (part === '?') return dialect === 'paths' || dialect === 'paths-ignore' ? '*' : '?';
    return part === '**/*' && dialect !== 'changes' ? '**' : part;
  });
  return pattern.join('');
}

function literal(path: string, dialect: PathList['dialect']): string {
  return path
    .split(/([*?])/)
    .map((part, index) => (index % 2 === 0 ? escapeFor(part, dialect) : `\\${part}`))
    .join('');
}

const special: Readonly<Record<PathList['dialect'], RegExp>> = {
  paths: /[\\[\]+]|^!/g,
  'paths-ignore': /[\\[\]+]|^!/g,
  changes: /[\\[\]{}]/g,
  dorny: /[\\[\](){}!+@|^$"]/g,
};

function escapeFor(text: string, dialect: PathList['dialect']): string {
  return text.replace(special[dialect], '\\$&');
}
