import { readProcess } from './run-process.js';

/** What a kustomization gives, or why it cannot be built. */
export type KustomizeResult =
  | { readonly text: string; readonly reason?: undefined }
  | { readonly text?: undefined; readonly reason: string };

/** A kustomize that is on the machine. */
export interface Kustomize {
  /** As it is typed: `kubectl kustomize`. */
  readonly name: string;
  /** Builds the kustomization in a folder, an absolute path. */
  build(folder: string): Promise<KustomizeResult>;
}

const programs = [
  { file: 'kustomize', version: ['version'], build: 'build' },
  { file: 'kubectl', version: ['kustomize', '--help'], build: 'kustomize' },
];

/** Finds kustomize, or the one in kubectl; nothing where neither runs. */
export async function findKustomize(): Promise<Kustomize | undefined> {
  for (const { file, version, build } of programs) {
    const { exitCode } = await readProcess({ file, args: version, env: {} });
    if (exitCode === 0)
      return { name: `${file} ${build}`, build: (folder) => run({ file, args: [build, folder], env: {} }) };
  }
  return undefined;
}

async function run(command: Parameters<typeof readProcess>[0]): Promise<KustomizeResult> {
  const { exitCode, stdout, stderr, reason } = await readProcess(command, 60_000);
  if (exitCode === 0) return { text: stdout };
  const lines = stderr.trim().split('\n');
  return { reason: reason ?? lines.at(-1)?.replace(/^error: /i, '') ?? '' };
}
