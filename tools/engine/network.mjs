import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { Failure } from '../process/failure.mjs';
import { freeSubnet } from './subnet.mjs';

/** @typedef {import('../debian/packages.mjs').Unpacked} Unpacked */

/**
 * Gives a daemon a bridge and the one rule by which its containers reach the world. The daemon itself
 * must not touch iptables: two daemons would fight over the same chains.
 * @param {string} owner what the bridge is named after; what an earlier owner of the name left is replaced
 * @param {Unpacked} installation
 * @returns {Promise<{ bridge: string, remove(): Promise<void> }>}
 */
export async function createNetwork(owner, installation) {
  const bridge = `mb${createHash('sha256').update(owner).digest('hex').slice(0, 8)}`;
  const ip = runner(installation.program('ip'), installation);
  const iptables = await findIptables(installation);
  const remove = async () => {
    await removeRules(bridge, iptables);
    await ip(['link', 'delete', bridge]).catch(() => undefined);
  };
  await remove();
  const subnet = freeSubnet(await readFile('/proc/net/route', 'utf8'), bridge);
  await ip(['link', 'add', bridge, 'type', 'bridge']);
  await ip(['address', 'add', `${subnet}.1/24`, 'dev', bridge]);
  await ip(['link', 'set', bridge, 'up']);
  const outward = ['-s', `${subnet}.0/24`, '!', '-o', bridge];
  await iptables(['-t', 'nat', '-A', 'POSTROUTING', ...outward, '-j', 'MASQUERADE']);
  // Another Docker on this machine may have set the policy of FORWARD to DROP.
  await iptables(['-I', 'FORWARD', '-i', bridge, '-j', 'ACCEPT']);
  await iptables(['-I', 'FORWARD', '-o', bridge, '-j', 'ACCEPT']);
  return { bridge, remove };
}

/** @typedef {(args: string[]) => Promise<string>} Run */

/**
 * The iptables that this kernel answers: the system's choice first, then either of its two variants,
 * which are all that an unpacked package has.
 * @param {Unpacked} installation
 * @returns {Promise<Run>}
 */
async function findIptables(installation) {
  for (const name of ['iptables', 'iptables-nft', 'iptables-legacy']) {
    const run = runner(installation.program(name), installation, ['-w']);
    const answered = run(['-t', 'nat', '-S']).then(() => true);
    if (await answered.catch(() => false)) return run;
  }
  throw new Failure(
    'A private container engine needs NAT, and no iptables works here. Start an engine yourself.',
  );
}

/**
 * @param {string} bridge
 * @param {Run} iptables
 */
async function removeRules(bridge, iptables) {
  for (const table of ['nat', 'filter']) {
    const rules = (await iptables(['-t', table, '-S'])).split('\n').map((rule) => rule.split(' '));
    for (const [, ...rule] of rules.filter((words) => words.includes(bridge))) {
      await iptables(['-t', table, '-D', ...rule]);
    }
  }
}

/**
 * @param {string} program
 * @param {Unpacked} installation
 * @param {string[]} [options]
 * @returns {Run}
 */
function runner(program, { env }, options = []) {
  return async (args) => (await execa(program, [...options, ...args], { env })).stdout;
}
