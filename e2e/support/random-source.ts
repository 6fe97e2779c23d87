import { folderOf, pick } from './random-files.js';
import type { Random } from './random-numbers.js';

/** A source of COPY in its JSON form: a path, a folder or a glob that has something to do with the paths. */
export function randomSource(random: Random, paths: readonly string[]): string {
  const path = pick(random, paths);
  const kind = random(20);
  if (kind < 2) return '.';
  if (kind === 2) return pick(random, ['missing', 'nowhere', 'mis*']);
  if (kind < 7) return literal(random, folderOf(path));
  if (kind < 13) return randomGlob(random, path);
  return literal(random, path);
}

/** A source that may have variables and cannot have blanks or quotes. */
export function shellSource(random: Random, paths: readonly string[]): string {
  const path = pick(random, paths);
  const plain = /[\s"'\\$<]/.test(path) ? '*' : path;
  return pick(random, [
    ...['$OUTER', '${OUTER}', '${GIVEN}', '${GIVEN:-a}', '$DIR', '${DIR}/*', '$UNSET', '${UNSET:-b}/*'],
    ...['${OUTER:+src}', './$DIR/', `\${DIR:+${plain}}`, `./$UNSET/${plain}`, plain],
  ]);
}

/** In a source, brackets are a class of characters. A path counts from the root, whatever it starts with. */
function literal(random: Random, path: string): string {
  const escaped = path.replaceAll('[', random(2) === 0 ? '[[]' : '\\\\[');
  return `${pick(random, ['', '', '', '', '/', './', '../', '/./'])}${escaped}${pick(random, ['', '', '', '/'])}`;
}

function randomGlob(random: Random, path: string): string {
  // In a glob a bracket that is not closed fails the build, and one that is seldom finds a thing.
  const parts = (random(8) === 0 ? path : path.replace(/[[\]]/g, '?')).split('/');
  const at = random(parts.length);
  const part = parts[at] ?? '';
  const wild = pick(random, [
    ...['*', '**', '[a-c]*', '[^a]*', '*.*', `*${part.slice(-2)}`, `?${part.slice(1)}`],
    ...(part.startsWith('[') ? [] : [`${part.slice(0, 1)}*`]),
  ]);
  const rest = parts.slice(at + 1);
  const after = pick(random, [rest, rest, rest.map(() => '*'), []]);
  return [...parts.slice(0, at), wild, ...after].join('/');
}
