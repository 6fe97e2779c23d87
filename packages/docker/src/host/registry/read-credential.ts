import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Credential, findCredential, parseHelperOutput } from '../../core/registry/find-credential.js';
import type { RegistryAddress } from '../../core/registry/registry-address.js';

/**
 * Reads the credential that the engine's own login left for a repository: Docker's (`DOCKER_AUTH_CONFIG`, `config.json`
 * and its helpers), else Podman's (`auth.json`). `undefined` where nobody has logged in.
 */
export async function readCredential({ registry, path }: RegistryAddress): Promise<Credential | undefined> {
  for (const text of credentialTexts()) {
    const place = findCredential(text, registry, path);
    if (!place) continue;
    const credential = 'helper' in place ? await askHelper(place) : place.credential;
    if (credential) return credential;
  }
  return undefined;
}

function* credentialTexts(): Generator<string> {
  const { DOCKER_AUTH_CONFIG, DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR } = process.env;
  if (DOCKER_AUTH_CONFIG) yield DOCKER_AUTH_CONFIG;
  yield readText(join(DOCKER_CONFIG || join(homedir(), '.docker'), 'config.json'));
  if (REGISTRY_AUTH_FILE) yield readText(REGISTRY_AUTH_FILE);
  if (XDG_RUNTIME_DIR) yield readText(join(XDG_RUNTIME_DIR, 'containers/auth.json'));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** A helper that is not there, or has nothing, is the same as no login: the registry says what it wants. */
async function askHelper(place: { helper: string; serverAddress: string }): Promise<Credential | undefined> {
  const { exitCode, stdout } = await execa(`docker-credential-${place.helper}`, ['get'], {
    env: process.env,
    input: place.serverAddress,
    reject: false,
    timeout: 15_000,
  });
  return exitCode === 0 ? parseHelperOutput(stdout) : undefined;
}
