import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.js';

/** The Nx majors that the plugin promises to work with, each with the devkit that belongs to it. */
export const nxVersions = {
  22: { nx: '22.7.12', devkit: '22.7.12' },
  23: { nx: '23.3.1', devkit: '23.3.1' },
  24: { nx: '24.0.6', devkit: '24.0.0' },
} as const;

export type NxMajor = keyof typeof nxVersions;
export const nxMajors: readonly NxMajor[] = [22, 23, 24];

export const repositoryRoot = join(__dirname, '../..');
const cache = join(repositoryRoot, '.cache/e2e');
/** The packed plugin; `global-setup.cjs` makes it. */
export const tarball = join(cache, 'moltbook-docker.tgz');

/** A folder whose `node_modules` holds one Nx major and the packed plugin; Nx itself is fetched once. */
export async function nxInstallation(major: NxMajor): Promise<string> {
  const { nx, devkit } = nxVersions[major];
  const folder = join(cache, `nx-${nx}`);
  if (!existsSync(join(folder, 'complete'))) await installNx(folder, { nx, '@nx/devkit': devkit });
  await installPlugin(folder);
  return folder;
}

/** Once for each packed plugin, although many specs ask for it. */
async function installPlugin(folder: string): Promise<void> {
  const installed = join(folder, 'plugin');
  const hash = createHash('sha256').update(readFileSync(tarball)).digest('hex');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === hash) return;
  await run(['npm', 'install', '--no-save', '--no-audit', '--prefer-offline', tarball], { cwd: folder });
  writeFileSync(installed, hash);
}

async function installNx(folder: string, devDependencies: Record<string, string>): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'nx', version: '0.0.0', private: true, devDependencies }),
  );
  await run(['npm', 'install', '--no-audit', '--prefer-offline'], { cwd: folder });
  writeFileSync(join(folder, 'complete'), '');
}
