import { execa } from 'execa';
import { Failure } from '../process/failure.mjs';

/** @typedef {import('../engine/find.mjs').Engine} Engine */

const silence = 20_000;

// What Docker's and Podman's clients print when they cannot talk to a registry at all.
const unreachable = new RegExp(
  [
    'no such host|server misbehaving|Temporary failure in name resolution',
    'connection refused|connection reset|no route to host|network is unreachable',
    'i/o timeout|deadline exceeded|Client\\.Timeout|TLS handshake timeout',
    'proxyconnect|Proxy Authentication Required|certificate signed by unknown authority',
  ].join('|'),
  'i',
);

/**
 * Pulls an image.
 * @param {string} image
 * @param {{ engine: Engine, signal: AbortSignal }} options
 * @returns {Promise<string | undefined>} why its registry cannot be reached; undefined when it was pulled
 */
export async function pull(image, { engine, signal }) {
  const child = execa(engine.client, ['pull', image], {
    env: engine.env,
    reject: false,
    all: true,
    cancelSignal: signal,
  });
  // A registry that drops packets gives no error for minutes, one that answers makes the client print.
  let silent = false;
  const timer = setTimeout(() => {
    silent = true;
    child.kill();
  }, silence);
  child.all.once('data', () => clearTimeout(timer));
  const { failed, all } = await child;
  clearTimeout(timer);
  signal.throwIfAborted();
  if (!failed) return undefined;
  if (silent) return `no answer within ${silence / 1000} s`;
  return explainFailure(image, all);
}

/**
 * @param {string} image
 * @param {string} output of the failed pull
 * @returns {string} its last line, when the registry cannot be reached
 */
export function explainFailure(image, output) {
  const reason = output.trim().split('\n').at(-1) ?? '';
  if (unreachable.test(reason)) return reason;
  throw new Failure(`The base image ${image} cannot be pulled: ${reason}`);
}
