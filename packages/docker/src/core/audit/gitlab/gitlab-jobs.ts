import { parseYaml, type YamlEntry, type YamlFile, type YamlValue } from '../yaml/yaml-value.js';

/** A job of a pipeline, with what it takes from others by `extends`. */
export interface GitlabJob {
  readonly id: string;
  readonly keyPlace: YamlEntry['keyPlace'];
  /** The value of a key: its own, or else that of what it extends. */
  get(key: string): YamlEntry | undefined;
  /** All values of a key that is merged by name, such as `variables`: later ones win. */
  all(key: string): readonly YamlValue[];
}

/** The configuration of a pipeline: its file and all local ones that it includes. */
export interface GitlabConfiguration {
  /** The root file last, since it wins. */
  readonly files: readonly YamlFile[];
  readonly jobs: readonly GitlabJob[];
  /** The value of a global key. */
  global(key: string): YamlEntry | undefined;
  /** What `!reference [job, key]` stands for. */
  refer(path: readonly string[]): YamlValue | undefined;
}

const globalKeys = new Set(
  'default include stages variables workflow image services cache before_script after_script spec types'.split(
    ' ',
  ),
);

/** Reads a pipeline with its local includes. Remote ones, templates and components are left out. */
export function readGitlabJobs(
  file: string,
  text: string,
  given: { readText: (path: string) => string | undefined; paths: readonly string[] },
): GitlabConfiguration {
  const files = withIncludes(parseYaml(file, text), given, new Set([file]));
  const entries = new Map<string, YamlEntry[]>();
  for (const { root } of files)
    for (const entry of root.entries()) entries.set(entry.key, [entry, ...(entries.get(entry.key) ?? [])]);
  const find = (name: string, key: string, seen: readonly string[] = []): YamlEntry[] => {
    if (seen.includes(name)) return [];
    const own = entries.get(name) ?? [];
    const found = own.flatMap(({ value }) => value.entries().filter((entry) => entry.key === key));
    const parents = own.flatMap(({ value }) => texts(value.get('extends')));
    return [...found, ...parents.reverse().flatMap((parent) => find(parent, key, [...seen, name]))];
  };
  const ids = [...entries.keys()].filter((key) => !globalKeys.has(key) && !key.startsWith('.'));
  return {
    files,
    global: (key) => entries.get(key)?.[0] ?? find('default', key)[0],
    refer: ([name = '', key = '', ...rest]) =>
      rest.reduce<YamlValue | undefined>((value, part) => value?.get(part), find(name, key)[0]?.value),
    jobs: ids.flatMap((id) => {
      const [entry] = entries.get(id) ?? [];
      if (!entry || find(id, 'script').length === 0) return [];
      return [
        {
          id,
          keyPlace: entry.keyPlace,
          get: (key) => find(id, key)[0],
          all: (key) =>
            find(id, key)
              .map(({ value }) => value)
              .reverse(),
        },
      ];
    }),
  };
}

/** GitLab takes 150 includes. */
const mostFiles = 150;

function withIncludes(
  source: YamlFile,
  given: { readText: (path: string) => string | undefined; paths: readonly string[] },
  seen: Set<string>,
): YamlFile[] {
  const include = source.root.get('include');
  const list = include.items().length > 0 ? include.items() : [include];
  const included = list
    .flatMap((item) => localPaths(item, given.paths))
    .flatMap((path) => {
      if (seen.has(path) || seen.size >= mostFiles) return [];
      seen.add(path);
      const text = given.readText(path);
      return text === undefined ? [] : withIncludes(parseYaml(path, text), given, seen);
    });
  return [...included, source];
}

function localPaths(item: YamlValue, paths: readonly string[]): string[] {
  const local = item.text ?? item.get('local').text;
  if (local === undefined || local === '' || /^\w+:\/\//.test(local)) return [];
  const path = local.replace(/^\.?\//, '');
  if (!path.includes('*')) return [path];
  const source = path.replace(/\*\*\/|\*\*|\*|[^*]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    return part === '*' ? '[^/]*' : part.replace(/[.+^$()|[\]{}\\?]/, '\\$&');
  });
  return paths.filter((each) => new RegExp(`^${source}$`).test(each));
}

/** One text, or a list of texts. */
export function texts(value: YamlValue): string[] {
  return value.text === undefined
    ? value.items().flatMap(({ text }) => text ?? [])
    : [value.text].filter(Boolean);
}
