import { randomBytes } from 'node:crypto';
import type { Permissions } from '../../../packages/docker/src/core/simulate/job-permissions.js';

/** The tokens of running jobs, with what they may do. */
export type Tokens = Map<string, Permissions>;

/** Makes the token of a job. */
export function issueToken(tokens: Tokens, permissions: Permissions): string {
  const token = `ghs_${randomBytes(18).toString('hex')}`;
  tokens.set(token, permissions);
  return token;
}
