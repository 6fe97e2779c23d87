import { folderOf, pick } from './random-files.js';
import type { Random } from './random-numbers.js';
import { randomRun } from './random-run.js';
import { randomSource, shellSource } from './random-source.js';

export interface DockerfileParts {
  /** The files of the build context, relative to it. */
  readonly paths: readonly string[];
  /** Those of the named context. */
  readonly sidePaths: readonly string[];
  /** A text that no other build has; as a part of each target it keeps steps out of each other's cache. */
  readonly mark: string;
  readonly flags: readonly string[];
}

export interface InstructionParts extends DockerfileParts {
  readonly earlier: readonly string[];
  readonly target: string;
}

/** Makes the text of a Dockerfile with up to four stages, and gives back their names. */
export function randomDockerfile(random: Random, parts: DockerfileParts): { text: string; stages: string[] } {
  const stages = ['one', 'two', 'three', 'four'].slice(0, 1 + random(4));
  const word = () => JSON.stringify(pick(random, parts.paths));
  const lines = [`ARG OUTER=${word()}`, `ARG BASE=${pick(random, ['scratch', 'one'])}`];
  for (const [index, stage] of stages.entries()) {
    const earlier = stages.slice(0, index);
    lines.push(
      `FROM ${randomBase(random, earlier)} ${pick(random, ['AS', 'as'])} ${stage}`,
      ...pick(random, [['ARG OUTER'], ['ARG OUTER GIVEN=a'], []]),
      `ENV DIR=${JSON.stringify(folderOf(pick(random, parts.paths)))}`,
    );
    const most = 1 + random(3);
    for (let count = 0; count < most; count++) {
      const target = `/${parts.mark}/${lines.length}/`;
      const given = { ...parts, earlier, target };
      // A copy of a stage without an instruction of its own is never cached.
      const isTrigger = count > 0 && random(6) === 0;
      lines.push(isTrigger ? `ONBUILD ${randomCopy(random, given)}` : randomInstruction(random, given));
    }
  }
  return { text: `${lines.join('\n')}\n`, stages };
}

function randomBase(random: Random, earlier: readonly string[]): string {
  if (earlier.length === 0 || random(3) > 0) return 'scratch';
  return random(3) === 0 ? '${BASE}' : pick(random, earlier);
}

function randomInstruction(random: Random, parts: InstructionParts): string {
  const { earlier, target, sidePaths } = parts;
  const kind = random(16);
  if (kind < 2 && earlier.length > 0)
    return `COPY --from=${pick(random, [pick(random, earlier), '0'])} ${pick(random, ['/', '.'])} ${target}`;
  if (kind < 5) return randomRun(random, parts);
  if (kind === 5) return `COPY --from=side ${JSON.stringify([randomSource(random, sidePaths), target])}`;
  return randomCopy(random, parts);
}

/** What a trigger can be, too: in one, not every BuildKit finds named contexts. */
function randomCopy(random: Random, parts: InstructionParts): string {
  const { target, paths } = parts;
  const kind = random(10);
  if (kind === 0)
    return `COPY <<EOF ${pick(random, ['', shellSource(random, paths)])} ${target}\nCOPY a /a\n$OUTER\nEOF`;
  if (kind < 4) return `COPY ${shellSource(random, paths)} ${target}`;
  const sources = Array.from({ length: 1 + random(2) }, () => randomSource(random, paths));
  const keyword = pick(random, ['COPY', 'COPY', 'copy', 'ADD']);
  return [keyword, ...randomFlags(random, parts), JSON.stringify([...sources, target])].join(
    random(8) === 0 ? ' \\\n# a comment\n  ' : ' ',
  );
}

function randomFlags(random: Random, { flags, paths }: InstructionParts): string[] {
  const chosen = random(3) === 0 ? pick(random, ['--link', '--chown=1:2', ...flags, ...flags]) : undefined;
  if (chosen === undefined) return [];
  if (chosen !== '--exclude') return [chosen];
  const name = pick(random, paths).split('/').at(-1) ?? '';
  const patterns = ['*.ts', '**/*.md', 'a', 'src', '**/.*', `**/${name}`, name, '!b.ts'];
  return Array.from(
    { length: 1 + random(2) },
    () => `--exclude=${pick(random, patterns).replace(/[\s[\]"'$\\]/g, '?')}`,
  );
}
