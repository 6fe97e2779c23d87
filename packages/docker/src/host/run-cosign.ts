import { execa } from 'execa';
import { DockerPluginError, type Problem } from '../core/errors.js';

export interface CosignAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  /** What it says of a failure, in one line. */
  readonly reason: string;
}

/** Registries and the logs of signatures are asked on the way. */
const timeout = 120_000;

/**
 * Runs cosign in a folder, from which paths of keys are relative. Passwords and keys reach it by the environment of the
 * caller alone, and it cannot ask for them.
 *
 * @param env Variables on top of that environment.
 * @throws DockerPluginError COSIGN_FAILED where it cannot be run.
 */
export async function runCosign(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CosignAnswer> {
  const result = await execa('cosign', args, {
    cwd,
    env: { ...process.env, ...env },
    reject: false,
    stdin: 'ignore',
    timeout,
  });
  if (result.code === 'ENOENT') throw new DockerPluginError(missing);
  const { exitCode = -1, stdout, stderr } = result;
  const reason = result.timedOut ? `it was not done in ${timeout / 1000} seconds` : reasonOf(stderr);
  return { exitCode, stdout, reason: reason || result.originalMessage || `exit code ${exitCode}` };
}

/** The problem of a cosign that ran and failed. What it was given is not shown: options may hold secrets. */
export function cosignFailed(what: string, { reason }: CosignAnswer, fix: string): Problem {
  return { code: 'COSIGN_FAILED', severity: 'error', message: `${what}: ${reason}`, fix };
}

/** It says `Error: …`, and the same again; else the last line has to do. */
function reasonOf(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const errors = lines.filter((line) => /\bError: /.test(line));
  const line = errors.at(-1)?.replace(/^.*?\bError: /, '') ?? lines.at(-1) ?? '';
  return line
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}

const missing: Problem = {
  code: 'COSIGN_FAILED',
  severity: 'error',
  message: 'cosign is not on this machine',
  fix: 'install it: https://docs.sigstore.dev/cosign/system_config/installation',
};
