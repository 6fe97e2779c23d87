import { parseImageRef } from '../../core/image/parse-image-ref.js';
import { findLogins, type RegistryLogin } from '../../core/setup/find-logins.js';
import type { FoundProvider } from './find-provider.js';
import type { SetupFacts } from './read-setup.js';
import type { SetupRequest } from './setup-options.js';

export interface DecidedLogin {
  /** Names of a variable and of a secret of the CI. */
  readonly username: string;
  readonly password: string;
  readonly sources: readonly string[];
}

/** Decides by which names CI logs in; none where its own token is enough, or nx.json names them already. */
export function decideLogin(
  { entries, workspace, model }: SetupFacts,
  request: SetupRequest,
  { provider, registry }: { provider: FoundProvider['provider']; registry: string | undefined },
): DecidedLogin | undefined {
  if (provider === 'none' || registry === undefined || entries[0].options.ci?.registryLogin) return undefined;
  const host = parseImageRef(`${registry}/image`).ref?.domain ?? '';
  const { usernameVariable, passwordSecret } = request;
  const isAsked = usernameVariable !== undefined || passwordSecret !== undefined;
  if (!isAsked && (provider === 'gitlab' || hasOwnToken(host))) return undefined;
  const files = provider === 'github' ? model.workflows.map(({ file }) => file) : [];
  const logins = files.flatMap((file) => findLogins(file, workspace.readText(file) ?? ''));
  const found = isAsked ? undefined : logins.find((login) => isFor(login, host));
  return {
    username: usernameVariable ?? found?.username ?? 'REGISTRY_USERNAME',
    password: passwordSecret ?? found?.password ?? 'REGISTRY_PASSWORD',
    sources: found ? [found.source] : [],
  };
}

/** GitHub's token is for its own registry; one on the machine itself needs none. */
function hasOwnToken(host: string): boolean {
  return host === 'ghcr.io' || /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host);
}

function isFor({ registry }: RegistryLogin, host: string): boolean {
  return registry === host || (registry === '' && host === 'docker.io') || registry.includes('${{');
}
