import { existsSync } from 'node:fs';
import { execa } from 'execa';

/**
 * How this machine's npm reaches its registry, in the variables which nx.json passes to image builds as
 * secrets: a certificate authority and an npmrc. What is set already stays.
 * @returns {Promise<Record<string, string>>}
 */
export async function readPackageAccess() {
  const authority = process.env.NODE_EXTRA_CA_CERTS ?? (await readNpmFile('cafile'));
  const npmrc = process.env.NPM_CONFIG_USERCONFIG ?? (await readNpmFile('userconfig'));
  return {
    ...(authority ? { NODE_EXTRA_CA_CERTS: authority } : {}),
    ...(npmrc ? { NPM_CONFIG_USERCONFIG: npmrc } : {}),
  };
}

/** @param {string} key of npm's configuration whose value is a path */
async function readNpmFile(key) {
  const { stdout } = await execa('npm', ['config', 'get', key], { reject: false });
  return existsSync(stdout.trim()) ? stdout.trim() : undefined;
}
