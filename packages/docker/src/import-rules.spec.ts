import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** What each part may import: other parts, and packages. The longest matching folder decides. */
const rules: Record<string, { parts: readonly string[]; packages: readonly string[] }> = {
  'core/errors': { parts: [], packages: [] },
  'core/dockerfile': { parts: ['core/errors'], packages: [] },
  'core/image': { parts: ['core/errors', 'core/dockerfile'], packages: ['node:crypto'] },
  'core/declarations': { parts: [], packages: [] },
  'core/path-filter': { parts: ['core/errors'], packages: ['picomatch'] },
  'core/tags': {
    parts: ['core/errors', 'core/dockerfile', 'core/image'],
    // node:module loads handlebars only once a rule has an expression.
    packages: ['node:crypto', 'node:module', 'handlebars', 'semver'],
  },
  'core/plan': {
    parts: ['core/errors', 'core/dockerfile', 'core/image', 'core/report'],
    packages: ['node:crypto'],
  },
  'core/build': { parts: ['core/errors', 'core/dockerfile', 'core/image'], packages: [] },
  'core/registry': { parts: ['core/errors', 'core/image'], packages: ['node:crypto'] },
  'core/manifest': {
    parts: ['core/errors', 'core/dockerfile', 'core/image', 'core/build'],
    packages: ['yaml'],
  },
  'core/signing': { parts: [], packages: [] },
  'core/rollout': {
    parts: [
      'core/errors',
      'core/dockerfile',
      'core/image',
      'core/build',
      'core/report',
      'core/registry',
      'core/manifest',
    ],
    packages: [],
  },
  'core/workflow': {
    parts: ['core/errors', 'core/dockerfile', 'core/image', 'core/plan', 'core/signing'],
    packages: ['yaml'],
  },
  'core/simulate': {
    parts: ['core/errors', 'core/plan', 'core/report', 'core/path-filter'],
    packages: ['yaml', '@actions/expressions'],
  },
  'core/audit': {
    parts: [
      'core/errors',
      'core/declarations',
      'core/dockerfile',
      'core/image',
      'core/path-filter',
      'core/plan',
      'core/report',
      'core/simulate',
      'core/tags',
      'core/workflow',
    ],
    packages: ['node:crypto', 'yaml'],
  },
  'core/setup': {
    parts: [
      'core/errors',
      'core/declarations',
      'core/dockerfile',
      'core/image',
      'core/tags',
      'core/audit',
      'core/report',
    ],
    packages: [],
  },
  'core/report': { parts: ['core/errors', 'core/dockerfile'], packages: [] },
  'core/doctor': { parts: ['core/errors'], packages: [] },
  host: { parts: ['core'], packages: ['node:', 'execa'] },
  // yaml is imported only once there is a compose file, and minimatch once manifests have a path, see below.
  nx: { parts: ['core'], packages: ['node:fs', 'node:path', '@nx/devkit', 'yaml', 'minimatch'] },
  plugin: { parts: ['core', 'nx'], packages: ['@nx/devkit'] },
  index: { parts: ['core', 'plugin'], packages: [] },
  executors: { parts: ['core', 'host', 'nx', 'reports'], packages: ['node:', '@nx/devkit'] },
  generators: { parts: ['core', 'host', 'nx', 'reports'], packages: ['node:', '@nx/devkit'] },
  // minimatch as in Nx, whose globs for a plugin it has to read.
  reports: { parts: ['core', 'host', 'nx'], packages: ['node:', '@nx/devkit', 'minimatch'] },
  // What a CI job does; it runs Nx, engines and git, and writes to registries.
  ci: { parts: ['core', 'host', 'nx', 'reports'], packages: ['node:', '@nx/devkit'] },
  commands: { parts: ['core', 'host', 'nx', 'reports', 'ci'], packages: ['node:'] },
  cli: { parts: ['core', 'commands'], packages: ['node:'] },
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const source = __dirname;
const imports = sourceFiles(source).flatMap(importsOf);

it('sees the imports of the source', () => {
  expect(imports).toContainEqual({ from: 'plugin', to: 'core/errors', typeOnly: false });
  expect(imports).toContainEqual({ from: 'host/run-process', to: 'execa', typeOnly: false });
});

it('has a rule for every file', () => {
  expect(imports.map(({ from }) => from).filter((file) => partOf(file) === undefined)).toEqual([]);
});

it('imports only what the rules allow', () => {
  expect(imports.filter((one) => !isAllowed(one)).map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

it('keeps what every Nx command loads free of heavy packages', () => {
  const loaded = reachableFrom('plugin');
  expect([...loaded].filter((file) => heavy.test(file))).toEqual([]);
  expect(loaded).toContain('nx/workspace-images');
});

it('reads manifests without a parser of YAML, and nothing for them where they have no path', () => {
  const loaded = reachableFrom('nx/manifest-edges');
  expect([...loaded].filter((file) => heavy.test(file))).toEqual(['minimatch']);
});

it('audits without Nx, which may not be installed', () => {
  const loaded = reachableFrom('commands/audit');
  expect(loaded).toContain('nx/workspace-images');
  expect(loaded).not.toContain('@nx/devkit');
});

const heavy = /^(execa|yaml|handlebars|semver|minimatch)$|^host\//;

function isAllowed({ from, to }: Import): boolean {
  const part = partOf(from) ?? '';
  const rule = rules[part];
  if (!rule) return false;
  const target = partOf(to);
  if (target === undefined)
    return rule.packages.some((name) => to === name || (name.endsWith(':') && to.startsWith(name)));
  return target === part || rule.parts.some((name) => target === name || target.startsWith(`${name}/`));
}

function partOf(file: string): string | undefined {
  return Object.keys(rules)
    .filter((part) => file === part || file.startsWith(`${part}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function reachableFrom(start: string): Set<string> {
  const seen = new Set<string>([start]);
  for (const file of seen) {
    for (const { from, to, typeOnly } of imports) if (from === file && !typeOnly) seen.add(to);
  }
  return seen;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => join(folder, file));
}

/** Type-only imports are gone at run time: they bind the design, not what is loaded. */
function importsOf(path: string): Import[] {
  const statement =
    /^\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]/gm;
  const lazy = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
  const text = readFileSync(path, 'utf8');
  const from = name(path);
  return [
    ...[...text.matchAll(statement)].map((match) => ({
      from,
      to: resolveImport(path, match[2] ?? match[3] ?? ''),
      typeOnly: match[1] !== undefined,
    })),
    ...[...text.matchAll(lazy)].map((match) => ({
      from,
      to: resolveImport(path, match[1] ?? ''),
      typeOnly: true,
    })),
  ];
}

function resolveImport(path: string, specifier: string): string {
  return specifier.startsWith('.') ? name(join(dirname(path), specifier)) : specifier;
}

function name(path: string): string {
  return relative(source, path)
    .replaceAll('\\', '/')
    .replace(/\.[jt]s$/, '');
}
