import { execa } from 'execa';

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Give the answer of a failing command back in place of throwing. */
  readonly mayFail?: boolean;
}

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. Throws with all its output where it fails. */
export async function run(command: readonly string[], { cwd, env, mayFail }: RunOptions): Promise<RunResult> {
  const [file = '', ...args] = command;
  const result = await execa(file, args, { cwd, ...(env && { env }), stdin: 'ignore', reject: !mayFail });
  return { exitCode: result.exitCode ?? -1, stdout: result.stdout, stderr: result.stderr };
}

/** Runs git as a fixed author, whatever the machine's own configuration says. */
export function git(cwd: string, ...args: string[]): Promise<RunResult> {
  const settings = [
    'user.name=Test',
    'user.email=test@example.com',
    'commit.gpgsign=false',
    'init.defaultBranch=main',
  ];
  return run(['git', ...settings.flatMap((setting) => ['-c', setting]), ...args], { cwd });
}

/** Runs the Nx of a workspace, without its daemon, which would keep answers of an earlier test. */
export function nx(
  cwd: string,
  args: readonly string[],
  options: Omit<RunOptions, 'cwd'> = {},
): Promise<RunResult> {
  return run(['node', 'node_modules/nx/dist/bin/nx.js', ...args], {
    cwd,
    ...options,
    env: { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', CI: 'true', FORCE_COLOR: '0', ...options.env },
  });
}
