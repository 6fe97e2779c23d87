import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTextFile } from '../../host/read-text-file.js';
import { runNx } from '../../host/run-nx.js';

/** Nx's project graph, as far as it is read here: `nx graph --file=<file>.json`. */
export interface NxGraph {
  readonly nodes: Readonly<Record<string, { readonly data: NxProject }>>;
  readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>;
}

export interface NxProject {
  readonly root: string;
  readonly targets?: Readonly<Record<string, NxTarget>>;
  readonly namedInputs?: Readonly<Record<string, unknown>>;
}

export interface NxTarget {
  readonly inputs?: readonly unknown[];
  readonly dependsOn?: readonly unknown[];
}

/** Asks Nx for the project graph of the files on disk; `undefined` where Nx fails, which says so itself. */
export async function readNxGraph(root: string): Promise<NxGraph | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'moltbook-docker-'));
  try {
    const file = join(folder, 'graph.json');
    if ((await runNx(root, ['graph', `--file=${file}`])) !== 0) return undefined;
    return (JSON.parse(readTextFile(file) ?? '{}') as { graph?: NxGraph }).graph;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
