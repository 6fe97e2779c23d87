import type { Problem } from '../errors.js';
import type { RegistryAddress } from './registry-address.js';

export type Permission = 'pull' | 'push';

/**
 * The problem of a refused request. Registries refuse in the same words what does not exist and what one may not see.
 *
 * @param detail What the registry said, already without secrets.
 */
export function registryDenied(address: RegistryAddress, permission: Permission, detail: string): Problem {
  const { registry, path } = address;
  const what = permission === 'pull' ? 'pull from' : 'push to';
  const scope = permission === 'pull' ? 'packages: read' : 'packages: write';
  return {
    code: 'REGISTRY_DENIED',
    severity: 'error',
    message: `${registry} gives no permission to ${what} ${path}${detail && `: ${detail}`}`,
    fix: `run ${loginCommand(address)} as somebody who may ${what} ${path}; in GitHub Actions, give the job ${scope}`,
  };
}

/** The problem of an answer that is none: a status, garbage, or silence. */
export function registryFailed({ registry }: RegistryAddress, what: string): Problem {
  return {
    code: 'REGISTRY_FAILED',
    severity: 'error',
    message: `${registry} ${what}`,
    fix: `check that ${registry} is the registry that is meant and that it is up, then run this again`,
  };
}

/**
 * The problem of a registry that wants to be asked less often.
 *
 * @param retryAfter The `Retry-After` header: seconds or a date.
 */
export function registryBusy(
  address: RegistryAddress,
  what: string,
  retryAfter: string | undefined,
): Problem {
  const seconds = /^\d{1,9}$/.test(retryAfter ?? '');
  const when = seconds ? `in ${retryAfter} seconds` : 'later';
  return {
    ...registryFailed(address, what),
    fix: `run this again ${when}, or run ${loginCommand(address)} first: who is logged in may ask more often`,
  };
}

/** What the body of a failed answer says, in one short line: the registry's own errors, else the start of the text. */
export function describeErrorBody(body: string): string {
  return errorsOf(body)
    .join('; ')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}

function loginCommand({ registry }: RegistryAddress): string {
  return registry === 'docker.io' ? 'docker login' : `docker login ${registry}`;
}

/** `{ "errors": [{ "code", "message" }] }` by the distribution specification, `{ "message" }` by some others. */
function errorsOf(body: string): string[] {
  try {
    const { errors, message, details } = JSON.parse(body) as Record<string, unknown>;
    if (Array.isArray(errors))
      return errors.map((error) =>
        [error?.code, error?.message].filter((part) => typeof part === 'string').join(': '),
      );
    return [message, details].filter((part) => typeof part === 'string');
  } catch {
    return /^\s*</.test(body) ? [] : [body];
  }
}
