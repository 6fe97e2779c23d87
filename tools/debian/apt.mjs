import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Failure } from '../process/failure.mjs';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * An apt with lists and caches of its own, so that nothing of the system's changes and a machine whose
 * lists were deleted (every container image) works too.
 * @typedef {{ options: string[] }} Apt
 */

/**
 * The system's own release, from the sources that the system is set up with.
 * @param {string} state folder for its lists
 * @returns {Promise<Apt>}
 */
export function openSystemApt(state) {
  return openApt(state, []);
}

/**
 * Another suite of Debian, from the mirror which `system` uses for its own suite.
 * @param {string} state
 * @param {{ suite: string, system: Apt, codename: string | undefined }} options
 * @returns {Promise<Apt>}
 */
export async function openSuiteApt(state, { suite, system, codename }) {
  const mirror = await findMirror(system, codename);
  const list = join(state, 'sources.list');
  await mkdir(state, { recursive: true });
  await writeFile(list, `deb [signed-by=${keyring}] ${mirror} ${suite} main\n`);
  return openApt(state, ['-o', `Dir::Etc::SourceList=${list}`, '-o', 'Dir::Etc::SourceParts=/dev/null']);
}

/**
 * Those of the packages, and of what they depend on, that the system lacks, as `name=version`.
 * @param {Apt} apt
 * @param {string[]} packages
 * @returns {Promise<string[]>}
 */
export async function findMissing(apt, packages) {
  const plan = await run(apt, [
    '--simulate',
    '--no-install-recommends',
    '--no-upgrade',
    'install',
    ...packages,
  ]);
  return [...plan.matchAll(/^Inst (\S+) (?:\[\S+\] )?\((\S+) /gm)].map(
    ([, name, version]) => `${name}=${version}`,
  );
}

/**
 * Downloads packages and unpacks them below `root`, without running any of their scripts.
 * @param {Apt} apt
 * @param {string[]} packages
 * @param {{ downloads: string, root: string }} folders
 */
export async function unpack(apt, packages, { downloads, root }) {
  if (packages.length === 0) return;
  await mkdir(downloads, { recursive: true });
  await run(apt, ['download', ...packages], downloads);
  for (const file of await readdir(downloads)) await execa('dpkg', ['-x', join(downloads, file), root]);
}

/**
 * @param {string} state
 * @param {string[]} sources
 * @returns {Promise<Apt>}
 */
async function openApt(state, sources) {
  await mkdir(join(state, 'lists/partial'), { recursive: true });
  await mkdir(join(state, 'cache/archives/partial'), { recursive: true });
  const folders = ['-o', `Dir::State::lists=${state}/lists`, '-o', `Dir::Cache=${state}/cache`];
  // Sandbox: apt's own user cannot write below a home folder. Languages: descriptions nobody reads.
  const apt = {
    options: [...sources, ...folders, '-o', 'APT::Sandbox::User=root', '-o', 'Acquire::Languages=none'],
  };
  await run(apt, ['-o', 'Acquire::Retries=3', 'update']);
  return apt;
}

/**
 * @param {Apt} system
 * @param {string | undefined} codename
 */
async function findMirror(system, codename) {
  const format = ['--format', '$(CODENAME) $(COMPONENT) $(REPO_URI)', 'Created-By: Packages'];
  const targets = await run(system, ['indextargets', ...format]);
  const target = targets.split('\n').find((line) => line.startsWith(`${codename} main `));
  return target?.split(' ')[2] ?? 'http://deb.debian.org/debian';
}

/**
 * @param {Apt} apt
 * @param {string[]} args
 * @param {string} [cwd]
 */
async function run({ options }, args, cwd) {
  const command = execa('apt-get', ['-q', ...options, ...args], {
    ...(cwd ? { cwd } : {}),
    env: { LC_ALL: 'C' },
    reject: false,
  });
  const { failed, stdout, stderr, shortMessage } = await command;
  if (failed) throw new Failure(`Debian packages could not be had: ${shortMessage}\n${stderr}`);
  return stdout;
}
