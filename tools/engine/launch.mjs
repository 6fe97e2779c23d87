import { once } from 'node:events';
import { execa } from 'execa';
import { Failure } from '../process/failure.mjs';

const conflict = 75;

// Waits for a line before it becomes the daemon, so that the network can be made under the lock. The path
// /run/containerd is the one that daemons share and that cannot be configured; each gets its own.
const script = `
  echo locked
  read -r go || exit 1
  mkdir -p /run/containerd && mount -t tmpfs tmpfs /run/containerd || exit 1
  log=$1; shift
  exec "$@" >"$log" 2>&1 </dev/null`;

/**
 * A daemon that holds a lock and has not started yet.
 * @typedef {{ start(): void, stop(): Promise<void>, exited: Promise<string> }} Launch `exited` gives what the
 *   launching programs said on stderr
 */

/**
 * Launches a daemon as the first process of a pid namespace, with a mount namespace of its own: whatever
 * ends it ends all its processes and containers and takes its mounts along. It is told to stop when the
 * process that launched it dies, and holds the lock until its own last process has ended.
 * @param {string[]} command
 * @param {{ lock: string, log: string, env: Record<string, string> }} options
 * @returns {Promise<Launch | undefined>} undefined when another process holds the lock
 */
export async function launchUnderLock(command, { lock, log, env }) {
  const child = execa(
    'flock',
    [
      ...['--no-fork', '--nonblock', '--conflict-exit-code', `${conflict}`, lock],
      ...['setpriv', '--pdeathsig', 'KILL'],
      ...['unshare', '--mount', '--pid', '--fork', '--kill-child=TERM', '--mount-proc'],
      ...['sh', '-c', script, 'sh', log, ...command],
    ],
    { env, detached: true, cleanup: false, reject: false, stdin: 'pipe' },
  );
  const ended = child.then(({ exitCode, stderr }) => ({ exitCode, stderr }));
  const locked = once(child.stdout, 'data').then(() => undefined);
  const failure = await Promise.race([locked, ended]);
  if (failure?.exitCode === conflict) return undefined;
  if (failure) throw new Failure(`A private container engine cannot be started here: ${failure.stderr}`);
  return {
    start: () => child.stdin.end('go\n'),
    exited: ended.then(({ stderr }) => stderr),
    stop: () => stop({ pid: child.pid, ended, lock }),
  };
}

/**
 * @param {{ pid: number | undefined, ended: Promise<unknown>, lock: string }} daemon
 */
async function stop({ pid, ended, lock }) {
  signalGroup(pid, 'SIGTERM');
  const timeout = setTimeout(() => signalGroup(pid, 'SIGKILL'), 20_000);
  await ended;
  clearTimeout(timeout);
  // The child may end before the daemon that it started (util-linux before 2.38), which holds the lock.
  await execa('flock', ['--timeout', '20', lock, 'true'], { reject: false });
}

/**
 * @param {number | undefined} leader
 * @param {NodeJS.Signals} signal
 */
function signalGroup(leader, signal) {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // It has ended already.
  }
}
