import type { Files } from './workspace.js';

/** A whole number from 0 to below its argument. */
export type Random = (below: number) => number;

/** A build context with a Dockerfile and perhaps an ignore file. */
export interface RandomBuild {
  readonly files: Files;
  readonly dockerfilePath: string;
  readonly target?: string;
  readonly buildArgs: Readonly<Record<string, string>>;
}

const folderNames = ['a', 'b', 'src', '.hidden', '(auth)', '[slug]', 'x y', 'lib'];
const fileNames = ['a', 'b.ts', 'c.md', '.env', 'd.spec.ts', '[id].ts', 'é.txt', 'e f', 'b.tsx', 'x{1}'];

/**
 * @param base An image with a shell, for RUN.
 * @param mark A text that no other build has: what is in an engine's cache already would hide a change.
 */
export function randomBuild(random: Random, { base, mark }: { base: string; mark: string }): RandomBuild {
  const paths = randomPaths(random);
  const files: Record<string, Files[string]> = {};
  for (const path of paths) files[path] = randomFile(random, { path, paths, mark });
  const dockerfilePath = pick(
    random,
    ['Dockerfile', 'docker/app.Dockerfile', 'a/Dockerfile'].filter((path) => !paths.includes(folderOf(path))),
  );
  const buildArgs: Record<string, string> = random(3) === 0 ? { GIVEN: pick(random, paths) } : {};
  const { text, stages } = randomDockerfile(random, { paths, base });
  files[dockerfilePath] = text;
  // The one beside the Dockerfile wins, so that both together are worth a try.
  if (random(3) > 0) files['.dockerignore'] = randomIgnoreFile(random, paths);
  if (random(3) === 0) files[`${dockerfilePath}.dockerignore`] = randomIgnoreFile(random, paths);
  const target = random(4) === 0 ? pick(random, stages) : undefined;
  return { files, dockerfilePath, buildArgs, ...(target !== undefined && { target }) };
}

function randomPaths(random: Random): string[] {
  const paths = new Set<string>();
  for (let count = 6 + random(10); count > 0; count--) {
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
  if (kind === 2) return { link: randomLink(random, path, paths) };
  return `content of ${path} ${mark}`;
}

export function randomLink(random: Random, path: string, paths: readonly string[]): string {
  const up = '../'.repeat(path.split('/').length - 1);
  return pick(random, [
    `${up}${pick(random, paths)}`,
    `${up}${folderOf(pick(random, paths))}`,
    '/a',
    'nowhere',
  ]);
}

function randomDockerfile(
  random: Random,
  { paths, base }: { paths: readonly string[]; base: string },
): { text: string; stages: string[] } {
  const stages = ['one', 'two', 'three'].slice(0, 1 + random(3));
  const lines = [`ARG OUTER=${pick(random, paths.filter((path) => !/\s/.test(path)).concat('a'))}`];
  for (const [index, stage] of stages.entries()) {
    const from = index > 0 && random(4) === 0 ? pick(random, stages.slice(0, index)) : 'scratch';
    const canRun = from === 'scratch' && random(6) === 0;
    lines.push(
      `FROM ${canRun ? base : from} AS ${stage}`,
      'ARG OUTER',
      'ARG GIVEN=a',
      `ENV DIR=${folderOf(pick(random, paths.filter((path) => !/\s/.test(path)).concat('a/a')))}`,
    );
    for (let count = 1 + random(3); count > 0; count--)
      lines.push(
        randomInstruction(random, { paths, canRun, earlier: stages.slice(0, index), at: lines.length }),
      );
  }
  return { text: `${lines.join('\n')}\n`, stages };
}

function randomInstruction(
  random: Random,
  given: { paths: readonly string[]; canRun: boolean; earlier: readonly string[]; at: number },
): string {
  const { paths, canRun, earlier, at } = given;
  const target = `/d${at}/`;
  const kind = random(12);
  if (kind === 0 && earlier.length > 0) return `COPY --from=${pick(random, earlier)} / ${target}`;
  if (kind === 1) return `COPY <<EOF ${target}file\nCOPY a /a\n$OUTER\nEOF`;
  if (kind === 2)
    return `COPY ${pick(random, ['$OUTER', '${GIVEN}', '$DIR', '${DIR}/*', '$UNSET'])} ${target}`;
  if (canRun && kind < 7) {
    const source = pick(random, [folderOf(pick(random, paths)), pick(random, paths)]);
    if (!/[\s,"]/.test(source)) return `RUN --mount=type=bind,source=${source},target=/mount true`;
  }
  const sources = Array.from({ length: 1 + random(2) }, () => randomSource(random, paths));
  const keyword = kind === 3 ? 'ADD' : 'COPY';
  // Blanks and quotes need the JSON form.
  if (kind === 4 && sources.every((source) => !/[\s"'\\$]/.test(source)))
    return `${keyword} ${sources.join(' ')} ${target}`;
  return `${keyword} ${JSON.stringify([...sources, target])}`;
}

function randomSource(random: Random, paths: readonly string[]): string {
  const path = pick(random, paths);
  const kind = random(10);
  if (kind === 0) return '.';
  if (kind === 1) return 'missing';
  if (kind < 4) return folderOf(path);
  if (kind < 7) return randomGlob(random, path);
  // In a source, brackets are a class of characters.
  return `${random(5) === 0 ? '/' : ''}${path.replaceAll('[', '[[]')}`;
}

function randomGlob(random: Random, path: string): string {
  const parts = path.split('/');
  const at = random(parts.length);
  const part = parts[at] ?? '';
  parts[at] = pick(random, [
    '*',
    `${part.slice(0, 1)}*`,
    `*${part.slice(-2)}`,
    `?${part.slice(1)}`,
    '[a-c]*',
    '**',
  ]);
  return parts
    .join('/')
    .replace(/[[\]]/g, (bracket) => (path.includes(bracket) && random(2) === 0 ? '?' : bracket));
}

function randomIgnoreFile(random: Random, paths: readonly string[]): string {
  const rules = Array.from({ length: 1 + random(4) }, () => {
    const path = pick(random, paths);
    const name = path.split('/').at(-1) ?? '';
    const rule = pick(random, [
      path,
      folderOf(path),
      name,
      '*',
      '**',
      `**/${name}`,
      `${folderOf(path)}/*`,
      '**/*.ts',
      '*.md',
      '**.ts',
    ]);
    return `${random(3) === 0 ? '!' : ''}${rule.replace(/[[\]]/g, '?')}`;
  });
  return `${rules.join('\n')}\n`;
}

export function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/') || '.';
}

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[random(list.length)] as T;
}
