import type { Credential } from '../../core/registry/find-credential.js';
import type { Challenge } from '../../core/registry/parse-challenges.js';
import { describeErrorBody, type Permission } from '../../core/registry/registry-problem.js';
import { type Patience, type RegistryAnswer, type RegistryRequest, sendRequest } from './send-request.js';

export interface Asked {
  readonly challenges: readonly Challenge[];
  readonly credential: Credential | undefined;
  /** The repository in its registry. */
  readonly path: string;
  readonly permission: Permission;
  readonly patience: Patience;
}

/** A value for the `Authorization` header, or why there is none. */
export type Authorization = { readonly header: string } | { readonly refusal: string };

/** Answers the challenge of a registry: https://distribution.github.io/distribution/spec/auth/token. */
export async function authorize(asked: Asked): Promise<Authorization> {
  const { challenges, credential } = asked;
  if (credential && 'registryToken' in credential) return { header: `Bearer ${credential.registryToken}` };
  const bearer = challenges.find(
    ({ scheme, parameters }) => scheme === 'bearer' && isRealm(parameters.realm),
  );
  if (bearer) return fetchToken(bearer.parameters, asked);
  if (challenges.some(({ scheme }) => scheme === 'basic') && credential && 'username' in credential)
    return { header: basic(credential) };
  return { refusal: credential ? '' : 'nobody is logged in' };
}

/** A realm without TLS would carry the password in the open; loopback is where registries of tests are. */
function isRealm(realm: string | undefined): boolean {
  if (realm === undefined || !URL.canParse(realm)) return false;
  const { protocol, hostname } = new URL(realm);
  return protocol === 'https:' || /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

async function fetchToken(
  { realm = '', service, scope }: Readonly<Record<string, string>>,
  { credential, path, permission, patience }: Asked,
): Promise<Authorization> {
  const scopes = scope ?? `repository:${path}:${permission === 'push' ? 'pull,push' : 'pull'}`;
  const fields = new URLSearchParams({ ...(service !== undefined && { service }), scope: scopes });
  const answer = await sendRequest(tokenRequest(realm, fields, credential), patience);
  const token = tokenOf(answer);
  if (token !== undefined) return { header: `Bearer ${token}` };
  const said = describeErrorBody(answer.body.toString('utf8'));
  return {
    refusal: `${credential ? '' : 'nobody is logged in; '}the token service answered ${answer.status}${said && `: ${said}`}`,
  };
}

function tokenRequest(
  realm: string,
  fields: URLSearchParams,
  credential: Credential | undefined,
): RegistryRequest {
  if (credential && 'identityToken' in credential) {
    const form = new URLSearchParams(fields);
    form.set('grant_type', 'refresh_token');
    form.set('client_id', 'moltbook-docker');
    form.set('refresh_token', credential.identityToken);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', url: realm, headers, body: form.toString() };
  }
  const url = new URL(realm);
  for (const [name, value] of fields) url.searchParams.append(name, value);
  const login = credential && 'username' in credential ? { authorization: basic(credential) } : {};
  return { method: 'GET', url: url.href, headers: login };
}

function tokenOf({ status, body }: RegistryAnswer): string | undefined {
  if (status !== 200) return undefined;
  try {
    const { token, access_token } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    return [token, access_token].find((value): value is string => typeof value === 'string' && value !== '');
  } catch {
    return undefined;
  }
}

function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
