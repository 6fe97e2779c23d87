import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { SecretSource } from '../core/build/build-command.js';
import { DockerPluginError } from '../core/errors.js';

/** Where a secret may come from, as the options state it. */
export interface SecretRequest {
  readonly id: string;
  readonly src?: string;
  readonly env?: string;
  readonly optional?: boolean;
}

/**
 * Finds the sources of secrets on this machine; their content is not read. Throws OPTIONS_INVALID for one
 * that is missing and not optional.
 */
export function findSecrets(requests: readonly SecretRequest[], workspaceRoot: string): SecretSource[] {
  return requests.flatMap((request) => {
    const source = locate(request, workspaceRoot);
    if (source) return [source];
    if (request.optional) return [];
    throw new DockerPluginError({
      code: 'OPTIONS_INVALID',
      severity: 'error',
      message: `the secret ${JSON.stringify(request.id)} has no source: ${describe(request)} does not exist`,
      fix: 'provide it, or mark the secret as optional in the options',
    });
  });
}

function locate({ id, src, env }: SecretRequest, workspaceRoot: string): SecretSource | undefined {
  if (env !== undefined) return process.env[env] === undefined ? undefined : { id, env };
  const path = expandPath(src ?? '');
  if (path === '') return undefined;
  const absolute = resolve(workspaceRoot, path);
  return existsSync(absolute) ? { id, src: absolute } : undefined;
}

/** A variable that is not set empties the whole path: half a path would name some other file. */
function expandPath(path: string): string {
  let complete = true;
  const expanded = path.replace(/^~(?=\/)/, homedir()).replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = process.env[name];
    complete &&= value !== undefined && value !== '';
    return value ?? '';
  });
  return complete ? expanded : '';
}

function describe({ src, env }: SecretRequest): string {
  return env === undefined ? `the file ${src}` : `the environment variable ${env}`;
}
