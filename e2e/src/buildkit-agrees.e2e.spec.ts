import { chmodSync, lstatSync, mkdtempSync, readFileSync, readlinkSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDockerfile } from '../../packages/docker/src/core/dockerfile/parse-dockerfile.js';
import type { Problem } from '../../packages/docker/src/core/errors.js';
import { ignoreFileCandidates } from '../../packages/docker/src/core/image/context-folder.js';
import { evaluateDockerfile } from '../../packages/docker/src/core/image/evaluate-dockerfile.js';
import { type BuildFile, listBuildFiles } from '../../packages/docker/src/core/image/list-build-files.js';
import { readDiskFiles } from '../../packages/docker/src/host/read-disk-files.js';
import { randomNumbers } from '../../packages/docker/testing/random-numbers.js';
import { type BuildAnswer, buildkitBuild } from '../support/buildkit-build.js';
import { docker } from '../support/engine.js';
import { repositoryRoot } from '../support/nx-versions.js';
import {
  folderOf,
  pick,
  type Random,
  type RandomBuild,
  randomBuild,
  randomLink,
} from '../support/random-build.js';
import { type Files, writeFiles } from '../support/workspace.js';

const wanted = Number(process.env.MOLTBOOK_MUTATIONS ?? 500);
const firstSeed = Number(process.env.MOLTBOOK_SEED ?? Date.now() % 1_000_000);
const mutationsPerBuild = 8;

interface Figures {
  builds: number;
  refused: number;
  mutations: number;
  changed: number;
  unneeded: number;
}

it(
  `selects every file whose change BuildKit sees, in ${wanted} mutations`,
  async () => {
    const figures: Figures = { builds: 0, refused: 0, mutations: 0, changed: 0, unneeded: 0 };
    const misses: string[] = [];
    await docker('buildx', 'version');
    await docker('info');
    const work = async (seed: number): Promise<void> => {
      for (let at = seed; figures.mutations < wanted && misses.length < 10; at += 2)
        misses.push(...(await tryBuild(at, figures)));
    };
    await Promise.all([work(firstSeed), work(firstSeed + 1)]);
    const share = Math.round((100 * figures.unneeded) / Math.max(1, figures.mutations - figures.changed));
    console.info(
      [
        `${figures.mutations} mutations of ${figures.builds} builds (${figures.refused} refused by both), from seed ${firstSeed}`,
        `${figures.changed} changed the build; of the other mutations, ${figures.unneeded} (${share} %) were selected`,
      ].join('\n'),
    );
    expect(misses).toEqual([]);
    expect(figures.changed).toBeGreaterThan(wanted / 10);
  },
  30 * 60_000,
);

/** Tries one seed; gives back each disagreement as a text that says how to repeat it. */
async function tryBuild(seed: number, figures: Figures): Promise<string[]> {
  const random = randomNumbers(seed * 7919);
  const mark = `${process.pid}-${Date.now()}-${seed}`;
  const build = randomBuild(random, { base: baseImage(), mark });
  const root = mkdtempSync(join(tmpdir(), 'moltbook-buildkit-'));
  try {
    writeFiles(root, build.files);
    const first = await buildkitBuild(root, build);
    const mine = select(root, build);
    figures.builds++;
    const refusal = disagreement(first, mine, build);
    if (refusal) return [report(seed, refusal, build)];
    if (first.failure) {
      figures.refused++;
      return [];
    }
    const rest = await buildkitBuild(root, build);
    return await mutate(root, build, { seed, random, rest, figures });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/**
 * Some refusals of BuildKit say nothing about which files are read: files that are copied over each other, and names
 * with brackets, which its client takes for a class of characters when a glob, a link or a mount leads to them, and
 * then does not send.
 */
function disagreement(
  { failure }: BuildAnswer,
  { certain, possible }: Selection,
  build: RandomBuild,
): string | undefined {
  if (!failure) return certain.length > 0 ? `only we refuse: ${certain.join('; ')}` : undefined;
  if (/cannot (?:copy|overwrite|replace)|not a directory|is a directory/i.test(failure)) return undefined;
  const hasBrackets = Object.keys(build.files).some((path) => path.includes('['));
  if (/"[^"]*\[[^"]*": not found/.test(failure)) return undefined;
  if (hasBrackets && /lstat \S+: no such file or directory/.test(failure)) return undefined;
  return certain.length + possible.length === 0 ? `only BuildKit refuses: ${failure}` : undefined;
}

async function mutate(
  root: string,
  build: RandomBuild,
  given: { seed: number; random: Random; rest: BuildAnswer; figures: Figures },
): Promise<string[]> {
  const { seed, random, rest, figures } = given;
  const paths = Object.keys(build.files).filter((path) => !/ockerfile|dockerignore/.test(path));
  const misses: string[] = [];
  const done = new Set<string>();
  for (let count = 0; count < mutationsPerBuild; count++) {
    const before = select(root, build).files;
    const mutation = randomMutation(random, root, paths);
    if (done.has(mutation.what)) continue;
    done.add(mutation.what);
    mutation.apply();
    const after = select(root, build).files;
    const answer = await buildkitBuild(root, build);
    mutation.undo();
    const isChanged = answer.executed !== rest.executed || answer.failure !== undefined;
    const isSelected = mutation.paths.some((path) => before.has(path) || after.has(path));
    figures.mutations++;
    if (isChanged) figures.changed++;
    if (isSelected && !isChanged) figures.unneeded++;
    if (isChanged && !isSelected)
      misses.push(report(seed, `${mutation.what} changed ${answer.failure ?? answer.executed}`, build));
  }
  return misses;
}

interface Selection {
  readonly files: ReadonlySet<string>;
  /** What fails every build. */
  readonly certain: readonly string[];
  /** What may fail a build: a glob that finds nothing does, or does not, by what else is there. */
  readonly possible: readonly string[];
}

function select(root: string, build: RandomBuild): Selection {
  const path = build.dockerfilePath;
  const dockerfile = parseDockerfile(readFileSync(join(root, path), 'utf8'), { path });
  const { target, buildArgs } = build;
  const evaluation = evaluateDockerfile(dockerfile, {
    buildArgs,
    ...(target !== undefined && { target }),
    baseEnv: 'unknown',
  });
  const ignorePath = ignoreFileCandidates('.', path).find((candidate) =>
    Object.hasOwn(build.files, candidate),
  );
  const ignoreFile = ignorePath && { path: ignorePath, text: readFileSync(join(root, ignorePath), 'utf8') };
  const disk = readDiskFiles({ root, paths: ['.'], skip: () => false });
  const buildContext = { folder: '.', ...(ignoreFile && { ignoreFile }) };
  const { files, problems } = listBuildFiles({ dockerfile, evaluation, buildContext }, disk);
  const globs = evaluation.reads
    .filter(({ match }) => match === 'glob')
    .map(({ place }) => JSON.stringify(place));
  const found = [...evaluation.problems, ...problems];
  const isCertain = ({ severity, code, place }: Problem) =>
    severity === 'error' || (code === 'SOURCE_MISSING' && !globs.includes(JSON.stringify(place)));
  return {
    files: new Set(files.map((file) => file.path)),
    certain: found.filter(isCertain).map(({ message }) => message),
    possible: [
      ...found.filter((problem) => !isCertain(problem)).map(({ message }) => message),
      ...linksInGlobs(files),
    ],
  };
}

/** BuildKit's client does not follow a link below a folder that a wildcard found, so that its target is not sent. */
function linksInGlobs(files: readonly BuildFile[]): string[] {
  return files
    .filter(({ mode }) => mode === 'symlink')
    .filter(({ uses }) => uses.some(({ reads }) => reads.some(({ match }) => match === 'glob')))
    .map(({ path }) => `a glob finds the link ${path}`);
}

interface Mutation {
  readonly what: string;
  readonly paths: readonly string[];
  apply(): void;
  undo(): void;
}

function randomMutation(random: Random, root: string, paths: readonly string[]): Mutation {
  const path = pick(random, paths);
  const full = join(root, path);
  const isLink = lstatSync(full).isSymbolicLink();
  const kind = random(6);
  if (kind === 0) return addition(root, `${folderOf(path)}/added${random(3)}.ts`.replace(/^\.\//, ''));
  if (kind === 1) return renaming(root, path, `${folderOf(path)}/renamed.md`.replace(/^\.\//, ''));
  if (kind === 2) {
    const kept = isLink ? { link: readlinkSync(full) } : readFileSync(full, 'utf8');
    const mode = lstatSync(full).mode;
    const undo = () => {
      writeFiles(root, { [path]: kept });
      if (!isLink) chmodSync(full, mode);
    };
    return { what: `deleting ${path}`, paths: [path], apply: () => rmSync(full), undo };
  }
  if (isLink)
    return replacement(root, path, { link: readlinkSync(full) }, { link: randomLink(random, path, paths) });
  const mode = lstatSync(full).mode & 0o777;
  if (kind === 3)
    return {
      what: `changing the mode of ${path}`,
      paths: [path],
      apply: () => chmodSync(full, mode ^ 0o111),
      undo: () => chmodSync(full, mode),
    };
  const text = readFileSync(full, 'utf8');
  return replacement(root, path, text, `${text}!`);
}

function addition(root: string, path: string): Mutation {
  return {
    what: `adding ${path}`,
    paths: [path],
    apply: () => writeFiles(root, { [path]: `added ${process.pid} ${Date.now()}` }),
    undo: () => rmSync(join(root, path)),
  };
}

function renaming(root: string, from: string, to: string): Mutation {
  return {
    what: `renaming ${from} to ${to}`,
    paths: [from, to],
    apply: () => renameSync(join(root, from), join(root, to)),
    undo: () => renameSync(join(root, to), join(root, from)),
  };
}

function replacement(root: string, path: string, old: Files[string], next: Files[string]): Mutation {
  const write = (content: Files[string]) => {
    if (typeof content !== 'string') rmSync(join(root, path));
    writeFiles(root, { [path]: content });
  };
  const what = `changing ${path}${typeof next === 'object' && 'link' in next ? ` to a link to ${next.link}` : ''}`;
  return { what, paths: [path], apply: () => write(next), undo: () => write(old) };
}

/** The base image of the applications: it has a shell, and the tests are given one. */
function baseImage(): string {
  const dockerfile = readFileSync(join(repositoryRoot, 'api/Dockerfile'), 'utf8');
  return /^FROM (\S+)/m.exec(dockerfile)?.[1] ?? 'busybox';
}

function report(seed: number, what: string, build: RandomBuild): string {
  return `MOLTBOOK_SEED=${seed}: ${what}\n${JSON.stringify(build, null, 1)}`;
}
