import { hostname } from 'node:os';
import { execa } from 'execa';
import { Failure } from '../process/failure.mjs';
import { isAlive } from '../process/is-alive.mjs';
import { waitUntil } from '../process/wait-until.mjs';

/**
 * @typedef {{ engine: import('../engine/find.mjs').Engine, scope: import('../process/scope.mjs').Scope }} Context
 * @typedef {{ name: string, image: string, options: string[], env: Record<string, string> }} Container
 */

// Says which machine's demo a container is from; its name says which process.
const label = `io.moltbook.demo=${hostname()}`;

const healthState = '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}}';
const healthLog = '{{if .State.Health}}{{range .State.Health.Log}}{{.Output}}{{end}}{{end}}';

/**
 * Runs a command in a container to its end.
 * @param {Context} context
 * @param {Container} container
 * @param {string[]} command
 */
export async function runToEnd(context, container, command) {
  const args = [...describe(container), container.image, ...command];
  const { failed, all } = await run(context, ['run', '--rm', ...args]);
  if (failed) throw new Failure(`${container.name} failed. The end of its log:\n${lastLines(all)}`);
}

/**
 * Starts a container, which is removed at the end of the scope.
 * @param {Context} context
 * @param {Container} container
 */
export async function startContainer(context, container) {
  context.scope.defer(() => run(context, ['rm', '--force', fullName(container)]));
  const { failed, all } = await run(context, [
    ...['run', '--detach', '--name', fullName(container), '--health-interval', '1s'],
    ...describe(container),
    container.image,
  ]);
  if (failed) throw new Failure(`${container.name} did not start: ${lastLines(all)}`);
}

/**
 * Waits until a container passes the health check of its image, and until it answers at the URL.
 * @param {Context} context
 * @param {Container} container
 * @param {string} url
 */
export async function waitUntilHealthy(context, container, url) {
  let state = '';
  let isHealthy = false;
  const hasEndedOrIsHealthy = async () => {
    state = await inspectState(context, container);
    isHealthy = passes(state) && (await fetch(url)).ok;
    return isHealthy || !state.startsWith('running');
  };
  await waitUntil(hasEndedOrIsHealthy, { seconds: 60, signal: context.scope.signal });
  if (isHealthy) return;
  const checks = await inspect(context, container, healthLog);
  const { all } = await run(context, ['logs', '--tail', '30', fullName(container)]);
  throw new Failure(
    `${container.name} is '${state}', and ${url} does not answer as it should. Its health checks said:\n` +
      `${lastLines(checks)}\nThe end of its log:\n${lastLines(all)}`,
  );
}

/**
 * Removes the containers of demos on this machine that were killed.
 * @param {Context} context
 */
export async function removeLeftovers(context) {
  const { all } = await run(context, ['ps', '--all', '--filter', `label=${label}`, '--format', '{{.Names}}']);
  const leftovers = all.split('\n').filter((name) => {
    const [, pid] = /^moltbook-demo-(\d+)-/.exec(name) ?? [];
    return pid !== undefined && !isAlive(Number(pid));
  });
  if (leftovers.length > 0) await run(context, ['rm', '--force', ...leftovers]);
}

/**
 * @param {Context} context
 * @param {Container} container
 * @returns {Promise<string>} such as `running healthy`; an image without a health check has just `running`
 */
function inspectState(context, container) {
  return inspect(context, container, healthState);
}

/**
 * @param {Context} context
 * @param {Container} container
 * @param {string} format
 */
async function inspect(context, container, format) {
  return (await run(context, ['inspect', '--format', format, fullName(container)])).all.trim();
}

/** @param {string} state */
function passes(state) {
  return state === 'running' || state === 'running healthy';
}

/** @param {Container} container */
function describe({ options, env }) {
  const variables = Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  return ['--label', label, ...options, ...variables];
}

/** @param {Container} container */
function fullName({ name }) {
  return `moltbook-demo-${process.pid}-${name}`;
}

/**
 * @param {Context} context
 * @param {string[]} args
 */
function run({ engine }, args) {
  return execa(engine.client, args, { env: engine.env, all: true, reject: false });
}

/** @param {string} text */
function lastLines(text) {
  return text.trimEnd().split('\n').slice(-30).join('\n');
}
