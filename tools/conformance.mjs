// Compares this package with answers that others gave: `npm run conformance -- <folder>`.
// The folder holds `<kind>.json.gz` files, each an array of cases or an object with `cases` beside what they
// share. What a kind means is in packages/docker/testing/conformance/<kind>.ts. Every YAML file at any depth is edited in
// memory, to see that only the wanted bytes change.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { register } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const start = process.env.INIT_CWD ?? process.cwd();
// The loader looks for tsconfig.json in the working directory.
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
register('@swc-node/register/esm', import.meta.url);

const adapters = new URL('../packages/docker/testing/conformance/', import.meta.url);
const shownDifferences = 5;
const yamlName = /\.ya?ml$/;

const folder = process.argv[2];
if (folder === undefined) exit('usage: npm run conformance -- <folder with case files or YAML files>');
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
  const result = await runYamlFiles(path);
  return { passed: total.passed + result.passed, failed: total.failed + result.failed };
}

/** Syncing with nothing to change gives the same bytes; random references change their own bytes alone. */
async function runYamlFiles(folder) {
  const files = [...yamlFiles(folder)];
  if (files.length === 0) return { passed: 0, failed: 0 };
  const { yamlFileLaws } = await import(new URL('../yaml-file-laws.ts', adapters).href);
  const counts = { fields: 0, edits: 0, withImages: 0, checked: 0, unparsable: 0, 'not UTF-8': 0 };
  const differences = [];
  for (const file of files) {
    const difference = runCase((path) => {
      const laws = yamlFileLaws(readFileSync(join(folder, path)), path);
      counts[laws.kind]++;
      counts.fields += laws.fields;
      counts.edits += laws.edits;
      if (laws.fields > 0) counts.withImages++;
      return laws.difference;
    }, file);
    if (difference !== undefined) differences.push(`${JSON.stringify(file)}: ${difference}`);
  }
  const result = report(`${files.length} YAML files`, {
    passed: files.length - differences.length,
    differences,
  });
  console.log(
    `  ${counts.withImages} name ${counts.fields} images, of which ${counts.edits} values were set; ` +
      `${counts.unparsable} cannot be parsed, ${counts['not UTF-8']} are not UTF-8`,
  );
  return result;
}

/** Below the folder, at any depth; links are not followed, as they may lead in a circle. */
function* yamlFiles(folder, below = '') {
  const entries = listEntries(join(folder, below));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(below, entry.name);
    if (entry.isDirectory()) yield* yamlFiles(folder, path);
    else if (entry.isFile() && yamlName.test(entry.name)) yield path;
  }
}

function listEntries(path) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    skip(path, `it cannot be read: ${error.message}`);
    return [];
  }
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
  if (kind === undefined && (yamlName.test(file) || statSync(join(folder, file)).isDirectory()))
    return { passed: 0, failed: 0 };
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
