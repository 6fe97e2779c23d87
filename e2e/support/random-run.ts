import type { InstructionParts } from './random-dockerfile.js';
import { folderOf, pick } from './random-files.js';
import type { Random } from './random-numbers.js';

/** Makes a RUN with a mount or two. It has no shell, and needs nothing of a base image but the kernel. */
export function randomRun(random: Random, parts: InstructionParts): string {
  const mounts = Array.from(
    { length: 1 + random(2) },
    (_, at) => `--mount=${randomMount(random, parts, at)}`,
  );
  return `RUN --mount=from=tools,target=/tools ${mounts.join(' ')} ["/tools/true"]`;
}

function randomMount(
  random: Random,
  { paths, sidePaths, earlier, mark }: InstructionParts,
  at: number,
): string {
  const target = `target=/mount/${mark}/${at}`;
  const kind = random(10);
  if (kind === 0) return target;
  if (kind === 1) return `type=cache,${target}`;
  if (kind === 2) return `type=tmpfs,${target}`;
  if (kind === 3 && earlier.length > 0) return `from=${pick(random, earlier)},${target}`;
  if (kind === 4) return `type=bind,from=side,source=${plain(pick(random, sidePaths))},${target}`;
  if (kind === 5) return `${target},src=$DIR`;
  const path = pick(random, paths);
  const source = plain(pick(random, [path, path, folderOf(path)]));
  return `type=bind,${pick(random, ['source', 'src'])}=${source},${target}${pick(random, ['', ',rw'])}`;
}

/** The longest part of a path that needs no quotes in a mount. */
function plain(path: string): string {
  const parts = path.split('/');
  const odd = parts.findIndex((part) => /[\s,"#$]/.test(part));
  return parts.slice(0, odd < 0 ? undefined : odd).join('/') || '.';
}
