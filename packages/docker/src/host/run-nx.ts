import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { DockerPluginError } from '../core/errors.js';

/**
 * Runs the Nx of a workspace. All that it prints goes to standard error, because standard output is for results.
 *
 * @returns Its exit code, -1 where it was ended by a signal.
 * @throws DockerPluginError FILE_UNREADABLE where the workspace has no Nx.
 */
export async function runNx(root: string, args: readonly string[]): Promise<number> {
  const { exitCode } = await execa(process.execPath, [findNx(root), ...args], {
    cwd: root,
    env: { NX_DAEMON: process.env.NX_DAEMON ?? 'false' },
    reject: false,
    stdio: ['ignore', 2, 2],
  });
  return exitCode ?? -1;
}

/** The file that its package names: a shell is not needed to find it, and it moved from one major to the next. */
function findNx(root: string): string {
  try {
    const manifest = createRequire(join(root, 'package.json')).resolve('nx/package.json');
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { nx: string } };
    return join(dirname(manifest), bin.nx);
  } catch {
    throw new DockerPluginError({
      code: 'FILE_UNREADABLE',
      severity: 'error',
      message: `nx is not installed in ${root}`,
      fix: 'install the packages of the workspace first: npm ci',
    });
  }
}
