import { createHash } from 'node:crypto';

/** A hash of a set of texts that can be kept up to date: nothing depends on their order. */
export interface FoldedSet {
  add(text: string): void;
  remove(text: string): void;
  /** Hexadecimal. */
  digest(): string;
}

export function foldedSet(texts: Iterable<string>): FoldedSet {
  let sum = 0n;
  const modulus = 1n << 128n;
  const change = (text: string, sign: bigint): void => {
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 32);
    sum = (((sum + sign * BigInt(`0x${hash}`)) % modulus) + modulus) % modulus;
  };
  for (const text of texts) change(text, 1n);
  return {
    add: (text) => change(text, 1n),
    remove: (text) => change(text, -1n),
    digest: () => sum.toString(16),
  };
}
