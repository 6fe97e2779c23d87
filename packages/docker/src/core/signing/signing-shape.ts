import type { SignOptions } from './signing-options.js';

/** What a CI job needs so that cosign can sign in it. */
export interface SigningShape {
  /** The job proves by a token of its CI who it is. */
  readonly keyless: boolean;
  /** Names of variables that hold a key or its password. */
  readonly secrets: readonly string[];
}

/** A key service knows the job by other means, which are the user's own. */
export function signingShape({ key }: SignOptions): SigningShape {
  if (key === undefined) return { keyless: true, secrets: [] };
  const [, name] = /^env:\/\/([A-Za-z_]\w*)$/.exec(key) ?? [];
  if (name !== undefined) return { keyless: false, secrets: [name, 'COSIGN_PASSWORD'] };
  return { keyless: false, secrets: key.includes('://') ? [] : ['COSIGN_PASSWORD'] };
}
