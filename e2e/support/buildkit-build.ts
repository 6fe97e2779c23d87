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
  readonly error?: string;
}

/** Builds with the real engine, only to fill and ask its cache. */
export async function buildkitBuild(root: string, build: RandomBuild): Promise<BuildAnswer> {
  const args = Object.entries(build.buildArgs).flatMap(([name, value]) => [
    '--build-arg',
    `${name}=${value}`,
  ]);
  const { exitCode, stdout, stderr } = await run(
    [
      ...['docker', 'buildx', 'build', '--progress=rawjson', '--output=type=cacheonly', '--provenance=false'],
      ...['--file', `${root}/${build.dockerfilePath}`, ...args],
      ...(build.target === undefined ? [] : ['--target', build.target]),
      root,
    ],
    { cwd: root, mayFail: true },
  );
  const output = `${stdout}\n${stderr}`;
  const steps = vertices(output).filter(
    ({ name, completed }) => completed && /^\[(?!internal)[^\]]*\] (?!FROM )/.test(name),
  );
  const executed = [
    ...new Set(steps.filter(({ cached }) => !cached).map(({ digest, name }) => `${name} ${digest}`)),
  ];
  return {
    executed: executed.sort().join('\n'),
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
