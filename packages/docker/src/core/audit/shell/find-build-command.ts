import type { KnownCommand } from './run-script.js';

/** A command that builds images, with its options as they stand there. */
export interface BuildCommand {
  readonly tool: 'docker' | 'kaniko' | 'bake' | 'compose' | 'nx';
  readonly command: KnownCommand;
  /** Values by name of the option, without dashes, in order; short options by their long name. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  /** What is no option: the build context, names of targets or services, or projects; no project stands for all. */
  readonly names: readonly string[];
}

/** Options of all these tools that take no value. */
const flags = new Set(
  'no-cache pull push load rm force-rm quiet compress squash debug no-deps with-dependencies check print dry-run cleanup reproducible single-snapshot insecure skip-tls-verify layers'.split(
    ' ',
  ),
);

const shortNames: Readonly<Record<string, string>> = {
  f: 'file',
  t: 'tag',
  o: 'output',
  m: 'memory',
  c: 'context',
  d: 'destination',
  p: 'project-name',
};
const shortFlags = new Set(['q', 'D', 'v']);

/** Finds the build in a command: by docker, podman, buildah, kaniko, bake or compose; else `undefined`. */
export function findBuildCommand(command: KnownCommand): BuildCommand | undefined {
  const words = withoutAssignments(command.words);
  const [program = ''] = words;
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (/\/kaniko\/executor$/.test(program)) return readOptions('kaniko', words.slice(1), command);
  const nx = findNxBuild(words, command);
  if (nx) return nx;
  if (name === 'docker-compose') return readCompose(words.slice(1), command);
  if (name === 'buildah' && /^(?:bud|build|build-using-dockerfile)$/.test(words[1] ?? ''))
    return readOptions('docker', words.slice(2), command);
  if (name !== 'docker' && name !== 'podman' && name !== 'nerdctl') return undefined;
  if (words[1] === 'compose') return readCompose(words.slice(2), command);
  const verbs = ['buildx', 'image', 'builder'].includes(words[1] ?? '') ? words.slice(2) : words.slice(1);
  if (verbs[0] === 'build') return readOptions('docker', verbs.slice(1), command);
  return words[1] === 'buildx' && verbs[0] === 'bake'
    ? readOptions('bake', verbs.slice(1), command)
    : undefined;
}

/** A task of this plugin, or its step in CI: by default of all images. */
function findNxBuild(given: readonly string[], command: KnownCommand): BuildCommand | undefined {
  const words = withoutRunner(given);
  const found = (names: readonly string[]): BuildCommand => ({ tool: 'nx', command, options: {}, names });
  if (words[0] === 'moltbook-docker')
    return words[1] === 'ci' && words[2] === 'build' ? found([]) : undefined;
  if (words[0] !== 'nx') return undefined;
  const [verb = '', name = ''] = words.slice(1);
  if (verb === 'run') {
    const [project = '', target = ''] = name.split(':');
    return isTask(target) ? found([project]) : undefined;
  }
  if (isTask(verb)) return found(name === '' || name.startsWith('-') ? [] : [name]);
  const isMany = verb === 'affected' || verb === 'run-many';
  const targets = words.flatMap((word) => word.replace(/^--?\w+=/, '').split(','));
  return isMany && targets.some(isTask) ? found([]) : undefined;
}

function isTask(target: string): boolean {
  return /^docker-build(?:-|$)/.test(target);
}

/** `npx nx`, `pnpm exec nx` and `yarn nx` are `nx`. */
function withoutRunner(words: readonly string[]): readonly string[] {
  if (!/^(?:npx|pnpm|yarn|bunx?)$/.test(words[0] ?? '')) return words;
  const start = words.findIndex((word, index) => index > 0 && !/^(?:-.*|exec|dlx|run)$/.test(word));
  const [first = '', ...rest] = start < 0 ? [] : words.slice(start);
  return [first.replace(/^@moltbook\/docker(?:@.*)?$/, 'moltbook-docker'), ...rest];
}

function withoutAssignments(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  return start < 0 ? [] : words.slice(start);
}

/** The options of compose itself stand before `build`. */
function readCompose(words: readonly string[], command: KnownCommand): BuildCommand | undefined {
  const verb = words.indexOf('build');
  const isUp = words.includes('up') && words.includes('--build');
  if (verb < 0 && !isUp) return undefined;
  const rest = words.filter(
    (word, index) => index !== verb && word !== 'up' && word !== '--build' && word !== '-d',
  );
  return readOptions('compose', rest, command);
}

function readOptions(
  tool: BuildCommand['tool'],
  words: readonly string[],
  command: KnownCommand,
): BuildCommand {
  const options: Record<string, string[]> = {};
  const names: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const long = /^--([\w-]+)(?:=(.*))?$/s.exec(word);
    const short = /^-([A-Za-z])=?(.*)$/s.exec(word);
    if (long) {
      const [, name = '', value] = long;
      if (value === undefined && flags.has(name)) continue;
      if (value === undefined) i += 1;
      add(options, name === 'dockerfile' ? 'file' : name, value ?? words[i]);
    } else if (short && word !== '-') {
      const [, letter = '', value = ''] = short;
      if (shortFlags.has(letter)) continue;
      if (value === '') i += 1;
      add(options, shortNames[letter] ?? letter, value || words[i]);
    } else if (/^\d*[<>]/.test(word)) break;
    else names.push(word);
  }
  return { tool, command, options, names };
}

function add(options: Record<string, string[]>, name: string, value: string | undefined): void {
  if (value !== undefined) options[name] = [...(options[name] ?? []), value];
}
