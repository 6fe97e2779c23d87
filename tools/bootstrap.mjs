import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { announce } from './process/announce.mjs';
import { lockCommand } from './process/lock.mjs';
import { cacheFolder, repositoryRoot } from './process/paths.mjs';

const script = fileURLToPath(import.meta.url);

/**
 * Installs the npm packages of the lockfile unless they are there. Only Node's own modules exist before
 * it has run, so an entry script calls it first and imports everything else dynamically.
 */
export function bootstrap() {
  if (isInstalled(readLock('package-lock.json'), readLock('node_modules/.package-lock.json'))) return;
  mkdirSync(cacheFolder, { recursive: true });
  // A second command in the same fresh clone waits here, and then finds the packages installed.
  const install = { file: process.execPath, args: [script] };
  const { file, args } = lockCommand(join(cacheFolder, 'npm-ci.lock'), install);
  // Everything npm says goes to stderr: the caller's stdout belongs to the command it was asked to run.
  const { status } = spawnSync(file, args, { cwd: repositoryRoot, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * Whether npm's record of what it installed (`node_modules/.package-lock.json`, written last) agrees with
 * the lockfile. Packages of other platforms are optional and may be absent.
 * @typedef {{ version?: string, resolved?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 * @param {Lock | undefined} wanted
 * @param {Lock | undefined} installed
 */
export function isInstalled(wanted, installed) {
  if (!wanted || !installed) return false;
  return Object.entries(wanted.packages).every(
    ([path, { version, resolved, optional, devOptional, peer }]) => {
      if (!path.includes('node_modules/')) return true;
      const found = installed.packages[path];
      if (!found) return Boolean(optional || devOptional || peer);
      return found.version === version && found.resolved === resolved;
    },
  );
}

/** @param {string} path @returns {Lock | undefined} */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(join(repositoryRoot, path), 'utf8'));
  } catch {
    return undefined;
  }
}

function installPackages() {
  if (isInstalled(readLock('package-lock.json'), readLock('node_modules/.package-lock.json'))) return 0;
  announce('Installing the npm packages of package-lock.json (npm ci) …');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  return spawnSync('npm', args, { cwd: repositoryRoot, stdio: 'inherit' }).status ?? 1;
}

if (process.argv[1] === script) process.exit(installPackages());
