import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RandomBuild } from './random-build.js';
import { run } from './run.js';

/** What BuildKit said about one build. */
export interface BuildAnswer {
  /** The message of a build that failed. */
  readonly failure?: string;
  /** The steps that were not taken from the cache, as one text. */
  readonly executed: string;
}

interface Vertex {
  readonly digest: string;
  readonly name: string;
  readonly cached?: boolean;
  readonly completed?: string;
}

/**
 * Builds with the real engine, only to fill and ask its cache.
 * @param tools A folder with the programs that a RUN finds in the named context `tools`.
 */
export async function buildkitBuild(root: string, build: RandomBuild, tools: string): Promise<BuildAnswer> {
  const { dockerfilePath, contextFolder, target, buildArgs, namedContexts } = build;
  const contexts = Object.entries(namedContexts).map(([name, folder]) => [name, join(root, folder)]);
  const { exitCode, stdout, stderr } = await run(
    [
      ...['docker', 'buildx', 'build', '--progress=rawjson', '--output=type=cacheonly', '--provenance=false'],
      ...['--file', join(root, dockerfilePath), `--build-context=tools=${tools}`],
      ...Object.entries(buildArgs).map(([name, value]) => `--build-arg=${name}=${value}`),
      ...contexts.map(([name, folder]) => `--build-context=${name}=${folder}`),
      ...(target === undefined ? [] : ['--target', target]),
      join(root, contextFolder),
    ],
    { cwd: root, mayFail: true },
  );
  const output = `${stdout}\n${stderr}`;
  const steps = vertices(output).filter(
    ({ name, completed }) => completed && /^\[(?!internal|context )/.test(name),
  );
  // One that was asked for its cache key only may be seen before it is known to be cached.
  const cached = new Set(steps.flatMap((step) => (step.cached ? step.digest : [])));
  const executed = steps
    .filter(({ digest }) => !cached.has(digest))
    .map(({ digest, name }) => `${name} ${digest}`);
  return {
    executed: [...new Set(executed)].sort().join('\n'),
    ...(exitCode !== 0 && { failure: /ERROR: .*/.exec(output)?.[0] ?? output.slice(-500) }),
  };
}

/** Some versions of buildx write each object on one line, others over many. */
function vertices(output: string): Vertex[] {
  return (output.match(/^\{(?:".*\}|\n[\s\S]*?\n\})$/gm) ?? []).flatMap((text) => {
    const { vertexes = [] } = JSON.parse(text) as { vertexes?: Vertex[] };
    return vertexes;
  });
}

/** Asks the engine which of some flags of COPY its own frontend knows. */
export async function knownCopyFlags(wanted: readonly string[], tools: string): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'moltbook-buildkit-'));
  const build = {
    files: {},
    dockerfilePath: 'Dockerfile',
    contextFolder: '.',
    buildArgs: {},
    namedContexts: {},
  };
  const known: string[] = [];
  for (const flag of wanted) {
    const value = flag === '--exclude' ? '--exclude=a' : flag;
    writeFileSync(join(root, 'Dockerfile'), `FROM scratch\nCOPY ${value} Dockerfile /\n`);
    const { failure } = await buildkitBuild(root, build, tools);
    if (failure === undefined) known.push(flag);
    else if (!/unknown flag|flags .* not|labs/i.test(failure)) throw new Error(failure);
  }
  rmSync(root, { recursive: true });
  return known;
}

/** Makes a folder with the program `true`, for a RUN in a stage without a base image. */
export function makeTools(): string {
  const folder = mkdtempSync(join(tmpdir(), 'moltbook-buildkit-tools-'));
  writeFileSync(join(folder, 'true'), trueProgram(), { mode: 0o755 });
  return folder;
}

/** An ELF file of one segment, whose code is exit(0) of Linux. */
function trueProgram(): Buffer {
  const isArm = process.arch === 'arm64';
  const code = Buffer.from(isArm ? '000080d2a80b80d2010000d4' : '31ffb83c0000000f05', 'hex');
  const header = Buffer.alloc(120);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  const [executable, machine, version] = [2, isArm ? 183 : 62, 1];
  header.writeUInt16LE(executable, 16);
  header.writeUInt16LE(machine, 18);
  header.writeUInt32LE(version, 20);
  const [address, headerSize, programHeaderSize] = [0x400000n, 64, 56];
  header.writeBigUInt64LE(address + 120n, 24);
  header.writeBigUInt64LE(BigInt(headerSize), 32);
  header.writeUInt16LE(headerSize, 52);
  header.writeUInt16LE(programHeaderSize, 54);
  header.writeUInt16LE(1, 56);
  const [loaded, readAndExecute] = [1, 5];
  header.writeUInt32LE(loaded, 64);
  header.writeUInt32LE(readAndExecute, 68);
  for (const at of [80, 88]) header.writeBigUInt64LE(address, at);
  for (const at of [96, 104]) header.writeBigUInt64LE(BigInt(120 + code.length), at);
  header.writeBigUInt64LE(0x1000n, 112);
  return Buffer.concat([header, code]);
}
