import { setTimeout as wait } from 'node:timers/promises';
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
  /** Milliseconds for all attempts: what would take longer is not waited for. Default: three minutes. */
  readonly total?: number;
  /** Hears why somebody has to wait, once that is more than a moment. */
  readonly tell?: (reason: string) => void;
}

export const defaultPatience: Patience = { attempts: 5, firstDelay: 500, timeout: 30_000 };

/** Of a question about what is there, with somebody in front of a terminal. */
export const proofPatience: Patience = { attempts: 4, firstDelay: 500, timeout: 10_000, total: 30_000 };

/** Milliseconds after which people wonder what goes on. */
const moment = 2000;

/** Manifests have at most 4 MB, and the configurations of images less. */
const mostBytes = 32 * 1024 * 1024;

/** An answer that does not end, at least not where one of its kind should. */
export class EndlessAnswer extends Error {
  override readonly name = 'EndlessAnswer';
}

/**
 * Sends a request until the answer is final: busy and broken servers and lost connections are asked again. Throws the
 * reason of the last attempt where none was answered.
 */
export async function sendRequest(request: RegistryRequest, patience: Patience): Promise<RegistryAnswer> {
  const { attempts, firstDelay, total = 180_000 } = patience;
  const start = Date.now();
  const end = start + total;
  for (let attempt = 1; ; attempt++) {
    const timeout = Math.max(1, Math.min(patience.timeout, end - Date.now()));
    const result = await sendPatiently(request, timeout, patience).catch((error: unknown) => ({ error }));
    if ('status' in result && !isPassing(result.status)) return result;
    const retryAfter = 'status' in result ? (result.headers.get('retry-after') ?? undefined) : undefined;
    const delay = retryDelay(attempt, { firstDelay, retryAfter, now: Date.now() });
    const isLast =
      attempt >= attempts ||
      Date.now() + delay >= end ||
      ('error' in result && result.error instanceof EndlessAnswer);
    if (isLast && 'error' in result) throw result.error;
    if (isLast && 'status' in result) return result;
    if (Date.now() + delay - start >= moment)
      patience.tell?.('status' in result ? `answered ${result.status}` : `failed: ${reasonOf(result.error)}`);
    await wait(delay);
  }
}

async function sendPatiently(
  request: RegistryRequest,
  timeout: number,
  { tell }: Patience,
): Promise<RegistryAnswer> {
  const timer = setTimeout(() => tell?.('has not answered yet'), moment).unref();
  try {
    return await sendOnce(request, timeout);
  } finally {
    clearTimeout(timer);
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
  return { status: response.status, headers: response.headers, body: await readBody(response) };
}

async function readBody({ body }: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop closes the connection.
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    parts.push(part);
    size += part.byteLength;
    if (size > mostBytes) throw new EndlessAnswer(`answers with more than ${mostBytes / 1024 / 1024} MB`);
  }
  return Buffer.concat(parts);
}

/** Why there was no answer, in one line: fetch hides the reason in a chain of causes. */
export function reasonOf(error: unknown): string {
  const { name, message, cause, errors } = Object(error) as Error & { errors?: readonly unknown[] };
  if (name === 'TimeoutError') return 'no answer in time';
  const inner = errors?.[0] ?? cause;
  return inner === undefined ? message || name || String(error) : reasonOf(inner);
}
