import type { InputPatterns } from '../image/input-patterns.js';
import { compileRegion } from '../image/input-regions.js';
import { compileList } from './match-list.js';
import type { PathList } from './path-list.js';

/**
 * Patterns in the dialect of a list that cover some files: those of the images' inputs, which hold for files yet to come,
 * where one of them fits, else the file's own path.
 */
export function suggestPatterns(
  files: readonly string[],
  images: readonly InputPatterns[],
  dialect: PathList['dialect'],
): string[] {
  const regions = [...new Set(images.flatMap(({ positive }) => positive))].map((region) => ({
    region,
    matches: compileRegion(region),
  }));
  const patterns: string[] = [];
  let left = [...files];
  while (left.length > 0) {
    const best = regions
      .map(({ region, matches }) => ({ region, covered: left.filter(matches) }))
      .reduce((a, b) => (b.covered.length > a.covered.length ? b : a), {
        region: '',
        covered: [] as string[],
      });
    const [next = ''] = left;
    const pattern = best.covered.length > 0 ? toDialect(best.region, dialect) : literal(next, dialect);
    const covered = coveredBy(pattern, left, dialect);
    // What a dialect cannot say as a pattern is said file by file.
    patterns.push(covered.length > 0 ? pattern : literal(next, dialect));
    const gone = new Set(covered.length > 0 ? covered : [next]);
    left = left.filter((file) => !gone.has(file));
  }
  return [...new Set(patterns)];
}

function coveredBy(pattern: string, files: readonly string[], dialect: PathList['dialect']): string[] {
  const item = { pattern, place: { file: '', line: 1, column: 1 }, range: [0, 0] as const };
  const list = {
    name: '',
    place: item.place,
    keyRange: item.range,
    range: item.range,
    layout: null,
    items: [item],
  };
  const kind = dialect === 'paths-ignore' ? 'paths' : dialect;
  const { passes } = compileList({ ...list, dialect: kind });
  return files.filter(passes);
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
  const stars = path.replace(/[*?]/g, (char) => `\\${char}`);
  return stars
    .split(/(\\[*?])/)
    .map((part, index) => (index % 2 === 0 ? escapeFor(part, dialect) : part))
    .join('');
}

const special: Readonly<Record<PathList['dialect'], RegExp>> = {
  paths: /[\\[\]+]|^!/g,
  'paths-ignore': /[\\[\]+]|^!/g,
  changes: /[\\[\]{}]/g,
  dorny: /[\\[\](){}!+@|,^$]/g,
};

function escapeFor(text: string, dialect: PathList['dialect']): string {
  return text.replace(special[dialect], '\\$&');
}
