import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { announce } from '../process/announce.mjs';
import { Failure } from '../process/failure.mjs';
import { withLock } from '../process/lock.mjs';
import { cacheFolder } from '../process/paths.mjs';
import { findProgram } from '../process/programs.mjs';
import { fillFolder } from '../process/temporary-folder.mjs';
import { findMissing, openSuiteApt, openSystemApt, unpack } from './apt.mjs';
import { readRelease } from './os-release.mjs';

/**
 * Packages of the system's own release with all that they need and the system lacks; or, with a suite,
 * exactly these packages of another Debian suite.
 * @typedef {{ suite?: string, packages: string[] }} PackageSet
 *
 * What was unpacked: programs are looked up in it before the system, and run with its libraries.
 * @typedef {{ root: string, program(name: string): string, env: Record<string, string> }} Unpacked
 */

/**
 * Unpacks packages below `.cache/<release>/<name>`, once; the system stays as it is.
 * @param {string} name
 * @param {{ sets: PackageSet[], programs: string[] }} wanted `programs` must be there afterwards
 * @returns {Promise<Unpacked>}
 */
export async function unpackPackages(name, { sets, programs }) {
  const folder = join(cacheFolder, await releaseName());
  const root = join(folder, name);
  await withLock(`${root}.lock`, async () => {
    if (existsSync(root) && programs.every((program) => findIn(root, program))) return;
    const names = sets.flatMap(({ packages }) => packages).join(' ');
    announce(`Unpacking Debian packages into ${root}; nothing is installed: ${names}`);
    await fillFolder(root, async (work) => {
      const unpacked = await unpackSets(sets, work);
      const missing = programs.filter((program) => !findIn(unpacked, program));
      if (missing.length > 0) throw new Failure(`The packages ${names} lack ${missing.join(', ')}`);
      return unpacked;
    });
  });
  return describe(root);
}

/**
 * @param {PackageSet[]} sets
 * @param {string} work an empty folder for this, apt's lists included
 * @returns {Promise<string>} the folder in it that has the unpacked files
 */
async function unpackSets(sets, work) {
  const root = join(work, 'root');
  await mkdir(root, { recursive: true });
  const system = await openSystemApt(join(work, 'apt'));
  for (const [index, { suite, packages }] of sets.entries()) {
    const folders = { root, downloads: join(work, `downloads-${index}`) };
    if (suite) {
      const codename = (await readRelease())?.codename;
      await unpack(
        await openSuiteApt(join(work, `apt-${suite}`), { suite, system, codename }),
        packages,
        folders,
      );
    } else {
      await unpack(system, await findMissing(system, packages), folders);
    }
  }
  return root;
}

/**
 * @param {string} root
 * @returns {Promise<Unpacked>}
 */
async function describe(root) {
  const libraries = await libraryFolders(root);
  const extensions = libraries.map((folder) => join(folder, 'xtables')).find(existsSync);
  return {
    root,
    program: (name) => findIn(root, name) ?? name,
    env: {
      PATH: [...programFolders(root), process.env.PATH, '/usr/sbin', '/sbin'].join(':'),
      LD_LIBRARY_PATH: libraries.join(':'),
      ...(extensions ? { XTABLES_LIBDIR: extensions } : {}),
    },
  };
}

/**
 * @param {string} root
 * @param {string} program
 */
function findIn(root, program) {
  return findProgram([program], programFolders(root)) ?? findProgram([program]);
}

/** @param {string} root */
function programFolders(root) {
  return ['usr/sbin', 'usr/bin', 'sbin', 'bin'].map((folder) => join(root, folder));
}

/** @param {string} root */
async function libraryFolders(root) {
  const found = [];
  for (const folder of [join(root, 'usr/lib'), join(root, 'lib')]) {
    const names = await readdir(folder).catch(() => []);
    found.push(...names.filter((name) => name.endsWith('-linux-gnu')).map((name) => join(folder, name)));
  }
  return found;
}

/** One folder per release, for a checkout that several systems share. */
async function releaseName() {
  const release = await readRelease();
  return `${release?.id}-${release?.version ?? release?.codename ?? 'rolling'}-${process.arch}`;
}
