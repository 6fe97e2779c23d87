import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildAnswer, buildkitBuild, knownCopyFlags, makeTools } from '../support/buildkit-build.js';
import { type BuildInputs, buildInputs } from '../support/buildkit-inputs.js';
import { judge, judgeRefusal, type Verdict } from '../support/buildkit-verdict.js';
import { docker } from '../support/engine.js';
import { type RandomBuild, randomBuild } from '../support/random-build.js';
import { randomMutation } from '../support/random-mutation.js';
import { type Random, randomNumbers } from '../support/random-numbers.js';
import { writeFiles } from '../support/workspace.js';

const wanted = Number(process.env.MOLTBOOK_MUTATIONS ?? 400);
const firstSeed = Number(process.env.MOLTBOOK_SEED ?? Date.now() % 1_000_000);
const mutationsPerBuild = 10;
const mostMisses = 10;

const figures = {
  builds: 0,
  refused: 0,
  mutations: 0,
  changed: 0,
  unrepeatable: [] as string[],
  excuses: new Map<string, number>(),
  unneeded: new Map<string, number>(),
};
const tools = makeTools();
let flags: readonly string[] = [];

beforeAll(async () => {
  await docker('info');
  flags = await knownCopyFlags(['--exclude', '--parents'], tools);
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterAll(() => {
  jest.restoreAllMocks();
  rmSync(tools, { recursive: true });
});

it(
  `selects every file whose change BuildKit sees, in ${wanted} mutations`,
  async () => {
    const misses: string[] = [];
    const work = async (seed: number): Promise<void> => {
      for (let at = seed; figures.mutations < wanted && misses.length < mostMisses; at += 2)
        misses.push(...(await findMisses(at)));
    };
    await Promise.all([work(firstSeed), work(firstSeed + 1)]);
    console.info(describeFigures());
    expect(misses).toEqual([]);
    expect(figures.changed).toBeGreaterThan(wanted / 10);
    expect(figures.unrepeatable.length).toBeLessThan(Math.max(2, wanted / 100));
  },
  60 * 60_000,
);

/** An engine that is busy may tell of a step that it did not run, but not three times of the same build. */
async function findMisses(seed: number): Promise<string[]> {
  const found = await tryBuild(seed);
  let again = found;
  for (let attempt = 2; attempt <= 3 && again.length > 0; attempt++) again = await tryBuild(seed);
  if (found.length > 0 && again.length === 0)
    figures.unrepeatable.push(...found.map((miss) => miss.split('\n', 1)[0] ?? ''));
  return again;
}

interface Trial {
  readonly root: string;
  readonly build: RandomBuild;
  readonly random: Random;
  /** A text that no other build has. */
  readonly mark: string;
  readonly first: BuildAnswer;
  readonly before: BuildInputs;
}

/** Tries one seed; gives back each disagreement as a text that says how to repeat it. */
async function tryBuild(seed: number): Promise<string[]> {
  const random = randomNumbers(seed);
  const mark = `${process.pid}-${Date.now()}-${seed}`;
  const build = randomBuild(random, { mark, flags });
  const root = mkdtempSync(join(tmpdir(), 'moltbook-buildkit-'));
  const report = (what: string) => `MOLTBOOK_SEED=${seed}: ${what}\n${JSON.stringify(build, null, 1)}`;
  try {
    writeFiles(root, build.files);
    const first = await buildkitBuild(root, build, tools);
    const before = await buildInputs(root, build, tools);
    figures.builds++;
    if (first.failure !== undefined) figures.refused++;
    const { miss } = judgeRefusal(first, before);
    if (miss !== undefined) return [report(miss)];
    return (await mutate({ root, build, random, mark, first, before })).map(report);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function mutate({ root, build, random, mark, first, before }: Trial): Promise<string[]> {
  const paths = Object.keys(build.files).filter((path) => !/ockerfile|dockerignore/.test(path));
  const misses: string[] = [];
  const outcomes = new Set<string>();
  let hasPassed = first.failure === undefined;
  // A build that fails hides most changes.
  const most = first.failure === undefined ? mutationsPerBuild : mutationsPerBuild / 5;
  for (let count = 0; count < most; count++) {
    const mutation = randomMutation(random, { root, paths, mark: `${mark}-${count}` });
    if (outcomes.has(mutation.outcome)) continue;
    outcomes.add(mutation.outcome);
    mutation.apply();
    const answer = await buildkitBuild(root, build, tools);
    const after = await buildInputs(root, build, tools);
    mutation.undo();
    const verdict = judge(mutation, { first, answer, before, after, hasPassed });
    hasPassed ||= answer.failure === undefined;
    record(verdict);
    if (verdict.miss !== undefined) misses.push(verdict.miss);
  }
  return misses;
}

function record({ isChanged, excuse, unneeded }: Verdict): void {
  figures.mutations++;
  if (isChanged) figures.changed++;
  if (excuse !== undefined) figures.excuses.set(excuse, (figures.excuses.get(excuse) ?? 0) + 1);
  if (unneeded !== undefined) figures.unneeded.set(unneeded, (figures.unneeded.get(unneeded) ?? 0) + 1);
}

function describeFigures(): string {
  const { builds, refused, mutations, changed, unrepeatable, excuses, unneeded } = figures;
  const sum = [...unneeded.values()].reduce((total, count) => total + count, 0);
  const share = ((100 * sum) / Math.max(1, mutations - changed)).toFixed(1);
  return [
    `${mutations} mutations of ${builds} builds (${refused} refused) from MOLTBOOK_SEED=${firstSeed}`,
    `with the optional flags ${flags.join(' ') || '(none)'}`,
    `${changed} changed the build; of the others, ${sum} (${share} %) were selected`,
    ...section('what was selected for nothing', counted(unneeded)),
    ...section('where BuildKit may say something else', counted(excuses)),
    ...section('answers that BuildKit did not repeat', unrepeatable),
  ].join('\n');
}

function section(title: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [] : [`${title}:`, ...entries.map((entry) => `  ${entry}`)];
}

function counted(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].map(([cause, count]) => `${count} ${cause}`);
}
