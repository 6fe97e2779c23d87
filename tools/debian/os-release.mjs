import { readFile } from 'node:fs/promises';

/**
 * Which distribution this is: `ID`, `VERSION_ID` and `VERSION_CODENAME` of os-release(5).
 * @typedef {{ id: string, version: number | undefined, codename: string | undefined }} Release
 */

/** @returns {Promise<Release | undefined>} undefined on a system without /etc/os-release */
export async function readRelease() {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseOsRelease(text);
}

/** Whether apt-get and dpkg are there and the packages have the names that Debian gives them. */
export async function isDebian() {
  const release = await readRelease();
  return release?.id === 'debian' || release?.id === 'ubuntu';
}

/**
 * @param {string} text
 * @returns {Release}
 */
export function parseOsRelease(text) {
  const fields = new Map();
  for (const line of text.split('\n')) {
    const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
    if (name) fields.set(name, unquote(value ?? ''));
  }
  const version = Number.parseFloat(fields.get('VERSION_ID') ?? '');
  return {
    id: fields.get('ID') ?? 'linux',
    version: Number.isNaN(version) ? undefined : version,
    codename: fields.get('VERSION_CODENAME'),
  };
}

/** @param {string} value */
function unquote(value) {
  return value.trim().replace(/^(["'])(.*)\1$/, '$2');
}
