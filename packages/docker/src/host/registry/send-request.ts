import { setTimeout } from 'node:timers/promises';
import { isPassing, retryDelay } from '../../core/registry/retry-delay.js';

export interface RegistryRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

export interface RegistryAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface Patience {
  /** How often a question is asked before it counts as failed. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled each time. */
  readonly firstDelay: number;
  /** Milliseconds for one attempt, its body included. */
  readonly timeout: number;
}

export const defaultPatience: Patience = { attempts: 5, firstDelay: 500, timeout: 30_000 };

/**
 * Sends a request until the answer is final: busy and broken servers and lost connections are asked again. Throws the
 * reason of the last attempt where none was answered.
 */
export async function sendRequest(request: RegistryRequest, patience: Patience): Promise<RegistryAnswer> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt >= patience.attempts;
    const answer = await sendOnce(request, patience.timeout).catch((error: unknown) => {
      if (isLast) throw error;
      return undefined;
    });
    if (answer && (isLast || !isPassing(answer.status))) return answer;
    const retryAfter = answer?.headers.get('retry-after') ?? undefined;
    await setTimeout(retryDelay(attempt, { firstDelay: patience.firstDelay, retryAfter, now: Date.now() }));
  }
}

async function sendOnce(
  { method, url, headers, body }: RegistryRequest,
  timeout: number,
): Promise<RegistryAnswer> {
  const response = await fetch(url, {
    method,
    ...(headers && { headers }),
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(timeout),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: Buffer.from(await response.arrayBuffer()),
  };
}

/** Why there was no answer, in one line: fetch hides the reason in a chain of causes. */
export function reasonOf(error: unknown): string {
  const { name, message, cause, errors } = Object(error) as Error & { errors?: readonly unknown[] };
  if (name === 'TimeoutError') return 'no answer in time';
  const inner = errors?.[0] ?? cause;
  return inner === undefined ? message || name || String(error) : reasonOf(inner);
}
