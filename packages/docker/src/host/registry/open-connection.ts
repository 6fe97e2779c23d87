import { DockerPluginError } from '../../core/errors.js';
import type { Credential } from '../../core/registry/find-credential.js';
import { parseChallenges } from '../../core/registry/parse-challenges.js';
import type { RegistryAddress } from '../../core/registry/registry-address.js';
import {
  describeErrorBody,
  type Permission,
  registryDenied,
  registryFailed,
} from '../../core/registry/registry-problem.js';
import { annotate } from '../ci-output.js';
import { authorize } from './authorize.js';
import { readCredential } from './read-credential.js';
import {
  EndlessAnswer,
  type Patience,
  type RegistryAnswer,
  type RegistryRequest,
  reasonOf,
  sendRequest,
} from './send-request.js';

/** Questions to one repository, each asked with the permission that it needs. */
export interface Connection {
  /** Throws REGISTRY_DENIED where the registry refuses, REGISTRY_FAILED where nothing answers. */
  ask(permission: Permission, request: RegistryRequest): Promise<RegistryAnswer>;
  /** What a failed answer says, without secrets. */
  describe(answer: RegistryAnswer): string;
}

/** Logs in once for each permission, when the registry first asks for it, and again when a token has run out. */
export function openConnection(address: RegistryAddress, given: Patience): Connection {
  const patience = { tell: (reason: string) => tellOnce(`${address.registry} ${reason}`), ...given };
  const authorizations = new Map<Permission, string>();
  let credential: Promise<Credential | undefined> | undefined;
  const secrets = new Set<string>();

  async function ask(permission: Permission, request: RegistryRequest): Promise<RegistryAnswer> {
    const first = await send(request, authorizations.get(permission));
    if (first.status !== 401) return permit(permission, first);
    credential ??= readCredential(address);
    const known = await credential;
    for (const [name, value] of Object.entries(known ?? {})) if (name !== 'username') secrets.add(value);
    const challenges = parseChallenges(first.headers.get('www-authenticate') ?? '');
    const { path } = address;
    const answer = await reach(() =>
      authorize({ challenges, credential: known, path, permission, patience }),
    );
    if ('refusal' in answer) throw denied(permission, answer.refusal || describe(first));
    authorizations.set(permission, answer.header);
    secrets.add(answer.header.replace(/^\w+ /, ''));
    return permit(permission, await send(request, answer.header));
  }

  function permit(permission: Permission, answer: RegistryAnswer): RegistryAnswer {
    if (answer.status !== 401 && answer.status !== 403) return answer;
    throw denied(permission, describe(answer));
  }

  function send(request: RegistryRequest, authorization: string | undefined): Promise<RegistryAnswer> {
    const headers = { ...request.headers, ...(authorization !== undefined && { authorization }) };
    return reach(() => sendRequest({ ...request, headers }, patience));
  }

  async function reach<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      if (error instanceof DockerPluginError) throw error;
      const what =
        error instanceof EndlessAnswer ? error.message : `does not answer: ${hide(reasonOf(error))}`;
      throw new DockerPluginError(registryFailed(address, what));
    }
  }

  function describe(answer: RegistryAnswer): string {
    return hide(describeErrorBody(answer.body.toString('utf8')));
  }

  function denied(permission: Permission, detail: string): DockerPluginError {
    return new DockerPluginError(registryDenied(address, permission, hide(detail)));
  }

  /** A server may repeat what it was sent. */
  function hide(text: string): string {
    return [...secrets].reduce(
      (rest, secret) => (secret.length < 4 ? rest : rest.replaceAll(secret, '***')),
      text,
    );
  }

  return { ask, describe };
}

const told = new Set<string>();

/** Many questions may wait for one registry at once. */
function tellOnce(text: string): void {
  if (!told.has(text)) annotate('notice', `${text}; waiting for it`);
  told.add(text);
}
