import { bootstrap } from './bootstrap.mjs';

bootstrap();
const { execa } = await import('execa');
const { openEngine } = await import('./engine/engine.mjs');
const { Failure } = await import('./process/failure.mjs');
const { main } = await import('./process/main.mjs');
const { withScope } = await import('./process/scope.mjs');
const { startRegistry } = await import('./registry.mjs');

const usage = 'Usage: node tools/with-engine.mjs [--registry] -- <command> [arguments…]';

await main(() =>
  withScope(async (scope) => {
    const { registry, command } = parse(process.argv.slice(2));
    const { env } = await openEngine(scope);
    if (registry) env.MOLTBOOK_REGISTRY = await startRegistry(scope);
    return run(command, { env, signal: scope.signal });
  }),
);

/** @param {string[]} args */
function parse(args) {
  const end = args.indexOf('--');
  const options = args.slice(0, end);
  const command = args.slice(end + 1);
  const unknown = options.find((option) => option !== '--registry');
  if (end === -1 || command.length === 0 || unknown) throw new Failure(usage);
  return { registry: options.includes('--registry'), command };
}

/**
 * @param {string[]} command
 * @param {{ env: Record<string, string>, signal: AbortSignal }} options
 * @returns {Promise<number>} its exit code
 */
async function run([file = '', ...args], { env, signal }) {
  const result = await execa(file, args, { env, stdio: 'inherit', reject: false, cancelSignal: signal });
  signal.throwIfAborted();
  if (result.exitCode === undefined)
    throw new Failure(`${file} did not run: ${result.originalMessage ?? result.signal}`);
  return result.exitCode;
}
