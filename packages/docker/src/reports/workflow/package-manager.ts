import { parseJson } from '@nx/devkit';
import type { PackageManager } from '../../core/workflow/package-manager.js';
import type { Workspace } from '../../nx/workspace.js';

/** By the lockfile, as Nx does it. */
export function readPackageManager({ readText }: Workspace): PackageManager {
  const has = (file: string) => readText(file) !== undefined;
  const named = readManagerField(readText('package.json'));
  if (has('bun.lock') || has('bun.lockb')) return { name: 'bun', hasLockfile: true };
  const yarn = readText('yarn.lock');
  if (yarn !== undefined)
    return { name: yarn.includes('\n__metadata:') ? 'berry' : 'yarn', hasLockfile: true };
  const pnpm = readText('pnpm-lock.yaml');
  if (pnpm !== undefined)
    return {
      name: 'pnpm',
      hasLockfile: true,
      ...(named === undefined && { version: pnpmVersion(pnpm) }),
    };
  return { name: 'npm', hasLockfile: has('package-lock.json') || has('npm-shrinkwrap.json') };
}

/** The newest version that writes lockfiles of this form. */
function pnpmVersion(lockfile: string): string {
  const [, form] = /^lockfileVersion: '?(\d+)/m.exec(lockfile) ?? [];
  return form !== undefined && Number(form) < 9 ? '8' : '10';
}

function readManagerField(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : parseJson<{ packageManager?: string }>(text).packageManager;
  } catch {
    return undefined;
  }
}
