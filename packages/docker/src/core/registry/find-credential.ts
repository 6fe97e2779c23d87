/** What proves to a registry who is asking. */
export type Credential =
  | { readonly username: string; readonly password: string }
  /** A refresh token, to be exchanged for an access token by OAuth 2. */
  | { readonly identityToken: string }
  /** An access token as it is. */
  | { readonly registryToken: string };

/** Where a credential is: in the file itself, or with a program `docker-credential-<helper>`. */
export type CredentialPlace =
  | { readonly credential: Credential }
  | { readonly helper: string; readonly serverAddress: string };

/** Docker Hub's key in files and helpers, since the first version of the registry API. */
const dockerHub = 'https://index.docker.io/v1/';

/**
 * Finds the credential for a repository in the text of a `config.json` of Docker or an `auth.json` of Podman. The
 * order is Docker's: the helper of the registry, the helper of all, the file. Keys may be a registry, its address, or a
 * namespace in it (Podman); the longest one that fits is taken.
 *
 * @param registry As in image references: `ghcr.io`, `docker.io`.
 * @param path The repository in it.
 */
export function findCredential(text: string, registry: string, path: string): CredentialPlace | undefined {
  const config = parseObject(text);
  const serverAddress = registry === 'docker.io' ? dockerHub : registry;
  const helper =
    textOf(recordOf(config.credHelpers)[serverAddress]) ??
    textOf(recordOf(config.credHelpers)[registry]) ??
    textOf(config.credsStore);
  if (helper) return { helper, serverAddress };
  const credential = findEntry(recordOf(config.auths), `${registry}/${path}`);
  return credential && { credential };
}

/** Reads what `docker-credential-<helper> get` prints. */
export function parseHelperOutput(text: string): Credential | undefined {
  const { Username, Secret } = parseObject(text);
  if (typeof Username !== 'string' || typeof Secret !== 'string' || Secret === '') return undefined;
  return Username === '<token>' ? { identityToken: Secret } : { username: Username, password: Secret };
}

function findEntry(auths: Readonly<Record<string, unknown>>, repository: string): Credential | undefined {
  const fitting = Object.entries(auths)
    .map(([key, entry]) => ({ name: nameOf(key), credential: credentialOf(recordOf(entry)) }))
    .filter(({ name }) => repository === name || repository.startsWith(`${name}/`))
    .sort((a, b) => b.name.length - a.name.length);
  return fitting.find(({ credential }) => credential)?.credential;
}

/** `https://ghcr.io/v1/` and `ghcr.io` are the same registry. */
function nameOf(key: string): string {
  const name = key.replace(/^https?:\/\//, '').replace(/(?:\/v[12])?\/*$/, '');
  return name === 'index.docker.io' || name === 'registry-1.docker.io' ? 'docker.io' : name;
}

function credentialOf(entry: Readonly<Record<string, unknown>>): Credential | undefined {
  const identityToken = textOf(entry.identitytoken);
  if (identityToken) return { identityToken };
  const registryToken = textOf(entry.registrytoken);
  if (registryToken) return { registryToken };
  const decoded = Buffer.from(textOf(entry.auth) ?? '', 'base64')
    .toString('utf8')
    .replace(/\0+$/, '');
  const colon = decoded.indexOf(':');
  if (colon > 0) return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
  const [username, password] = [textOf(entry.username), textOf(entry.password)];
  return username && password ? { username, password } : undefined;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
