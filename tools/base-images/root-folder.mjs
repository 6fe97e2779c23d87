import { access, chmod, cp, mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { Failure } from '../process/failure.mjs';
import { findProgram } from '../process/programs.mjs';

// What the official image does: arguments that are no command are given to node.
const entrypoint = `#!/bin/sh
if [ "\${1#-}" != "$1" ] || ! command -v "$1" >/dev/null; then set -- node "$@"; fi
exec "$@"
`;

const files = {
  'etc/passwd':
    'root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n',
  'etc/group': 'root:x:0:\nnode:x:1000:\nnogroup:x:65534:\n',
  'etc/nsswitch.conf': 'hosts: files dns\n',
};

/**
 * Lays out a root file system that has busybox for its shell and the Node and npm which run this script.
 * It holds nothing of the machine's configuration: no certificate authority, no npmrc.
 * @param {string} root an empty folder
 * @param {string} busybox path of the program
 */
export async function layOutRoot(root, busybox) {
  for (const folder of ['bin', 'etc', 'root', 'home/node', 'tmp', 'var/tmp', 'usr/bin', 'usr/local/bin']) {
    await mkdir(join(root, folder), { recursive: true });
  }
  for (const folder of ['tmp', 'var/tmp']) await chmod(join(root, folder), 0o1777);
  for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
  await addBusybox(root, busybox);
  await addProgram(root, process.execPath, 'usr/local/bin/node');
  await addNpm(root);
  await writeFile(join(root, 'usr/local/bin/docker-entrypoint.sh'), entrypoint, { mode: 0o755 });
}

/**
 * @param {string} root
 * @param {string} busybox
 */
async function addBusybox(root, busybox) {
  await addProgram(root, busybox, 'bin/busybox');
  const { stdout } = await execa(busybox, ['--list']);
  const commands = stdout.split('\n').filter((name) => name !== 'busybox');
  for (const name of commands) await symlink('busybox', join(root, 'bin', name));
  await symlink('../../bin/env', join(root, 'usr/bin/env'));
}

/**
 * A program with the shared libraries that it needs, at the places where the loader looks for them.
 * @param {string} root
 * @param {string} program
 * @param {string} target
 */
async function addProgram(root, program, target) {
  await cp(program, join(root, target), { dereference: true });
  const { stdout } = await execa('ldd', [program], { reject: false });
  for (const [library] of stdout.matchAll(/\/\S+\.so\S*/g)) {
    await cp(library, join(root, library), { dereference: true });
  }
}

/** @param {string} root */
async function addNpm(root) {
  const source = dirname(dirname(await realpath(findProgram(['npm']) ?? '')));
  const target = 'usr/local/lib/node_modules/npm';
  await access(join(source, 'bin/npm-cli.js')).catch(() => {
    throw new Failure(`${source} is no npm that could be copied into a stand-in image`);
  });
  await cp(source, join(root, target), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => basename(path) !== 'npmrc',
  });
  for (const name of ['npm', 'npx']) {
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(root, 'usr/local/bin', name));
  }
}
