import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../run.js';
import { startBuilderGate } from './builder-gate.js';
import { type ConcurrencyGroups, createConcurrencyGroups } from './concurrency-groups.js';
import { startGitServer } from './git-server.js';
import { startRegistryGate } from './registry-gate.js';
import { createSlots, type Slots } from './slots.js';
import type { Tokens } from './tokens.js';

/** A small GitHub on loopback: one private repository, a registry behind tokens, and runners. */
export interface Github {
  /** All of its files. */
  readonly folder: string;
  /** `owner/name`. */
  readonly repository: string;
  /** The bare repository; a test may push to it as if it were a developer. */
  readonly origin: string;
  readonly serverUrl: string;
  /** Asks for a job's token; the tests themselves look into the registry behind it. */
  readonly registry: string;
  /** Where the engine's BuildKit takes builds: `127.0.0.1:<port>`. */
  readonly builder: string;
  readonly tokens: Tokens;
  readonly groups: ConcurrencyGroups;
  /** How many jobs run at the same time. */
  readonly slots: Slots;
  /** The engine of all runners, which GitHub gives each of its own: only one job at a time may name images in it. */
  readonly engine: Slots;
  /** What `npm ci` would install. */
  readonly nodeModules: string;
  readonly runs: WorkflowRuns;
  readonly attestations: Attestation[];
  close(): Promise<void>;
}

export interface WorkflowRuns {
  /** Artifacts by run and name: folders. */
  readonly artifacts: Map<number, Map<string, string>>;
  count: number;
}

export interface Attestation {
  readonly name: string;
  readonly digest: string;
}

export interface GithubOptions {
  readonly repository?: string;
  /** The registry behind: `127.0.0.1:<port>`. */
  readonly registry: string;
  readonly nodeModules: string;
  readonly parallelJobs?: number;
}

/** Starts it with an empty repository. Its folder stays, so that a failed test can be looked into. */
export async function startGithub(options: GithubOptions): Promise<Github> {
  const { repository = 'acme/shop', nodeModules, parallelJobs = 3 } = options;
  const folder = mkdtempSync(join(tmpdir(), 'moltbook-docker-github-'));
  const origin = join(folder, 'repositories', `${repository}.git`);
  mkdirSync(origin, { recursive: true });
  await git(origin, 'init', '--quiet', '--bare');
  await git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const tokens: Tokens = new Map();
  const server = await startGitServer(join(folder, 'repositories'), tokens);
  const gate = await startRegistryGate(options.registry, tokens);
  const builder = await startBuilderGate();
  writeNpm(join(folder, 'bin'));
  return {
    folder,
    repository,
    origin,
    serverUrl: `http://${server.address}`,
    registry: gate.address,
    builder: builder.address,
    tokens,
    groups: createConcurrencyGroups(),
    slots: createSlots(parallelJobs),
    engine: createSlots(1),
    nodeModules,
    runs: { artifacts: new Map(), count: 0 },
    attestations: [],
    close: async () => {
      await Promise.all([server.close(), gate.close(), builder.close()]);
    },
  };
}

/** Copies all that is in a folder. */
export function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  cpSync(from, to, { recursive: true });
}

/** `npm ci` links what is installed already; every other command is the real one. */
function writeNpm(bin: string): void {
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh
if [ "$1" = ci ]; then
  [ -f package-lock.json ] || { echo 'npm ci needs a package-lock.json' >&2; exit 1; }
  exec ln -s "$EMULATOR_NODE_MODULES" node_modules
fi
PATH="\${PATH#*:}" exec npm "$@"
`;
  writeFileSync(join(bin, 'npm'), script, { mode: 0o755 });
}
