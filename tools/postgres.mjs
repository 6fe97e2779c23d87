import { randomBytes } from 'node:crypto';
import { chmod, cp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { dieWithParent } from './process/die-with-parent.mjs';
import { Failure } from './process/failure.mjs';
import { freePort } from './process/port.mjs';
import { temporaryFolder } from './process/temporary-folder.mjs';
import { waitUntil } from './process/wait-until.mjs';
import { installPostgres } from './programs/postgres.mjs';

// PostgreSQL refuses to run as root; this user owns nothing that could be lost.
const nobody = { uid: 65534, gid: 65534 };

/**
 * Starts an empty PostgreSQL server on a free port of loopback. It stops at the end of the scope and its
 * data is removed.
 * @param {import('./process/scope.mjs').Scope} scope
 * @returns {Promise<string>} URL of its database, as the superuser
 */
export async function startPostgres(scope) {
  const installation = await installPostgres();
  const folder = await temporaryFolder('moltbook-postgres', { parent: tmpdir(), scope });
  const [data, passwordFile, password] = [
    join(folder, 'data'),
    join(folder, 'password'),
    randomBytes(16).toString('hex'),
  ];
  await writeFile(passwordFile, password);
  const { bin, user } = await prepare(installation, folder);

  const authentication = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  await execa(
    join(bin, 'initdb'),
    ['-D', data, ...authentication, '--encoding=UTF8', '--locale=C', '--no-sync'],
    user,
  );

  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'].flatMap((text) => [
    '-c',
    text,
  ]);
  const { file, args } = dieWithParent({
    file: join(bin, 'postgres'),
    args: ['-D', data, '-p', `${port}`, ...settings],
  });
  const server = execa(file, args, { ...user, detached: true, reject: false, stdin: 'ignore', all: true });
  scope.defer(async () => {
    server.kill('SIGINT'); // fast shutdown: sessions are cut off
    await server;
  });
  const isUp = waitUntil(() => isReady(data), { seconds: 30, signal: scope.signal });
  const failure = await Promise.race([
    isUp.then((up) => (up ? undefined : 'not ready within 30 s')),
    server.then(({ all }) => all),
  ]);
  if (failure !== undefined) throw new Failure(`PostgreSQL did not start: ${failure}`);
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/**
 * As root, another user runs the server, and that user needs a copy: a checkout in root's home is not
 * readable to it.
 * @param {string} installation
 * @param {string} folder
 */
async function prepare(installation, folder) {
  if (process.getuid?.() !== 0) return { bin: join(installation, 'bin'), user: {} };
  const copy = join(folder, 'postgres');
  await cp(installation, copy, { recursive: true, verbatimSymlinks: true });
  await chmod(folder, 0o700);
  await execa('chown', ['-R', `${nobody.uid}:${nobody.gid}`, folder]);
  // Not the caller's folder, which the user may not enter.
  return { bin: join(copy, 'bin'), user: { ...nobody, cwd: folder } };
}

/**
 * Whether the server takes connections, as pg_ctl finds out: the last line of its pid file says so.
 * @param {string} data
 */
async function isReady(data) {
  return /^ready\s*$/m.test(await readFile(join(data, 'postmaster.pid'), 'utf8'));
}
