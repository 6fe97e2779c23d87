// Compares this package with answers that others gave: `npm run conformance -- <folder>`.
// The folder holds `<kind>.json.gz` files, each an array of cases or an object with `cases` beside what they
// share. What a kind means is in packages/docker/testing/conformance/<kind>.ts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const start = process.env.INIT_CWD ?? process.cwd();
// The loader looks for tsconfig.json in the working directory.
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
register('@swc-node/register/esm', import.meta.url);

const adapters = new URL('../packages/docker/testing/conformance/', import.meta.url);
const shownDifferences = 5;

const folder = process.argv[2];
if (folder === undefined) exit('usage: npm run conformance -- <folder with case files>');
const total = await runFolder(resolve(start, folder));
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

async function runFolder(path) {
  const total = { passed: 0, failed: 0 };
  for (const file of listFiles(path)) {
    const result = await runFile(path, file);
    total.passed += result.passed;
    total.failed += result.failed;
  }
  return total;
}

function listFiles(path) {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    return exit(`cannot read the folder ${path}: ${error.message}`);
  }
}

async function runFile(folder, file) {
  const kind = /^([\w.-]+)\.json\.gz$/.exec(file)?.[1];
  if (kind === undefined) return skip(file, 'its name is not <kind>.json.gz');
  const adapter = new URL(`${kind}.ts`, adapters);
  if (!existsSync(adapter)) return skip(file, 'no adapter yet');
  const { check } = await import(adapter.href);
  const { cases, shared, unreadable } = readCases(resolve(folder, file));
  const differences = unreadable === undefined ? runCases(check, cases, shared) : [unreadable];
  return report(file, { passed: cases.length - differences.length, differences });
}

function readCases(path) {
  try {
    const content = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8'));
    if (Array.isArray(content)) return { cases: content, shared: {} };
    if (Array.isArray(content?.cases)) return { cases: content.cases, shared: content };
    return { cases: [], shared: {}, unreadable: 'there are no cases in it' };
  } catch (error) {
    return { cases: [], shared: {}, unreadable: `cannot be read: ${error.message}` };
  }
}

function runCases(check, cases, shared) {
  return cases.flatMap((testCase, index) => {
    const difference = runCase(check, testCase, shared);
    return difference === undefined ? [] : [`${nameOf(testCase, index)}: ${difference}`];
  });
}

function runCase(check, testCase, shared) {
  try {
    return check(testCase, shared);
  } catch (error) {
    return `threw ${error.stack ?? error}`;
  }
}

function nameOf(testCase, index) {
  const { name, id, input, word, patterns, path } = testCase;
  const text = name ?? id ?? input ?? word ?? (patterns && `${JSON.stringify(patterns)} ${path}`);
  return text === undefined ? `case ${index + 1}` : JSON.stringify(text).slice(1, 121).replace(/"$/, '');
}

function report(file, { passed, differences }) {
  const failed = differences.length;
  console.log(`${file}: ${Math.max(0, passed)} passed, ${failed} failed`);
  for (const difference of differences.slice(0, shownDifferences)) console.log(`  ${difference}`);
  if (failed > shownDifferences) console.log(`  and ${failed - shownDifferences} more`);
  return { passed: Math.max(0, passed), failed };
}

function skip(file, reason) {
  console.log(`${file}: SKIPPED, ${reason}`);
  return { passed: 0, failed: 0 };
}

function exit(message) {
  console.error(message);
  process.exit(1);
}
