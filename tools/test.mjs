import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';

bootstrap();
const { announce } = await import('./process/announce.mjs');
const { Failure } = await import('./process/failure.mjs');
const { main } = await import('./process/main.mjs');
const { repositoryRoot } = await import('./process/paths.mjs');
const { withScope } = await import('./process/scope.mjs');
const { recordSteps } = await import('./process/steps.mjs');
const { prepareEndToEnd } = await import('./checks/end-to-end.mjs');
const { runChecked } = await import('./checks/run-checked.mjs');

const steps = recordSteps();

await main(async () => {
  const { unit, endToEnd } = parse(process.argv.slice(2));
  try {
    await withScope((scope) => test(scope, { unit, endToEnd }));
  } finally {
    announce(`Steps of npm test:\n${steps.summary()}`);
  }
  return 0;
});

/**
 * @param {import('./process/scope.mjs').Scope} scope
 * @param {{ unit: boolean, endToEnd: boolean }} parts
 */
async function test(scope, { unit, endToEnd }) {
  // Downloads and unpacking go on while the quick steps run; their failure shows where they are needed.
  const preparation = endToEnd ? prepareEndToEnd(scope) : undefined;
  preparation?.catch(() => undefined);
  if (unit) await runUnitSteps(scope.signal);
  if (!preparation) return;
  const env = await steps.run('engine, registry, base images', () => preparation);
  await steps.run('end-to-end tests', () =>
    npx(['jest', '--config', 'e2e/jest.config.cjs'], scope.signal, env),
  );
}

/** @param {AbortSignal} signal */
async function runUnitSteps(signal) {
  const nx = ['nx', 'run-many', '--output-style=static'];
  await steps.run('lint', () => npx(['biome', 'check', '--error-on-warnings'], signal));
  await steps.run('types of tools', () => npx(['tsc', '--project', 'tools'], signal));
  await steps.run('types of packages', () => npx([...nx, '-t', 'typecheck'], signal));
  await steps.run('tests of tools', () => testTools(signal));
  await steps.run('unit tests', () => npx([...nx, '-t', 'test'], signal));
}

/**
 * Named file by file: Node's own search would take this script for a test.
 * @param {AbortSignal} signal
 */
async function testTools(signal) {
  const names = await readdir(join(repositoryRoot, 'tools'), { recursive: true });
  const files = names.filter((name) => name.endsWith('.test.mjs')).map((name) => join('tools', name));
  await runChecked(process.execPath, ['--test', '--test-reporter=dot', ...files], { signal });
}

/**
 * @param {string[]} args
 * @param {AbortSignal} signal
 * @param {Record<string, string>} [env]
 */
function npx(args, signal, env = {}) {
  return runChecked('npx', args, { signal, env });
}

/** @param {string[]} options */
function parse(options) {
  const unknown = options.find((option) => !['--unit', '--e2e'].includes(option));
  if (unknown) throw new Failure(`Unknown option ${unknown}. Usage: npm test [-- --unit | --e2e]`);
  const both = options.length === 0;
  return { unit: both || options.includes('--unit'), endToEnd: both || options.includes('--e2e') };
}
