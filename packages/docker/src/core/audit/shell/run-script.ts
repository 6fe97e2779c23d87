import { markCommit, unknownPart } from '../known-parts.js';
import { splitCommands, type Word } from './split-commands.js';

/** A command with the values that its words have. */
export interface KnownCommand {
  /** What is not known in a word is `unknownPart`. */
  readonly words: readonly string[];
  /** The folder that it runs in, relative to where the script begins. */
  readonly folder: string;
  /** Counted from 1. */
  readonly line: number;
  /** It does not run in every case. */
  readonly isConditional: boolean;
}

export interface ScriptOptions {
  /** The values of variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}

/**
 * Follows a script as far as it can be told without running it: assignments, `cd`, and loops over words that stand in
 * it. Both ways of a condition are taken.
 */
export function runScript(script: string, { env, folder }: ScriptOptions): KnownCommand[] {
  let scopes: Scope[] = [{ variables: new Map(Object.entries(env)), folder }];
  const loops: { name: string; before: readonly Scope[] }[] = [];
  const branches: (readonly Scope[])[] = [];
  const commands: KnownCommand[] = [];
  for (const { words, line } of splitCommands(markCommit(script))) {
    const first = textOf(words[0]);
    const loop = loopOf(words);
    if (loop) {
      loops.push({ name: loop.name, before: scopes });
      scopes = scopes.flatMap((scope) => withEach(scope, loop)).slice(0, mostScopes);
      continue;
    }
    if (first === 'done') scopes = [...(loops.pop()?.before ?? scopes)];
    else if (first === 'fi' || first === 'esac') scopes = joinBranches(branches.pop() ?? scopes, scopes);
    if (first === 'if' || first === 'case') branches.push(scopes.map(copyScope));
    for (const scope of scopes) {
      const values = withoutPrefix(words.map((word) => expand(word, scope)));
      if (!values || assign(values, scope)) continue;
      const isConditional = branches.length > 0;
      commands.push({ words: values, folder: scope.folder, line, isConditional });
    }
  }
  return commands;
}

function copyScope({ variables, folder }: Scope): Scope {
  return { variables: new Map(variables), folder };
}

/** Behind a condition, what one of its branches may have changed is not known. */
function joinBranches(before: readonly Scope[], after: readonly Scope[]): Scope[] {
  return after.map(({ variables, folder }, index) => {
    const old = before[index];
    const joined = [...variables].map(([name, value]): [string, string] => {
      return [name, old?.variables.get(name) === value ? value : unknownPart];
    });
    return { variables: new Map(joined), folder: old?.folder === folder ? folder : unknownPart };
  });
}

const mostScopes = 100;

interface Scope {
  readonly variables: Map<string, string>;
  folder: string;
}

function loopOf(words: readonly Word[]): { name: string; values: readonly Word[] } | undefined {
  if (textOf(words[0]) !== 'for' || textOf(words[2]) !== 'in') return undefined;
  return { name: textOf(words[1]) ?? '', values: words.slice(3) };
}

function withEach({ variables, folder }: Scope, loop: { name: string; values: readonly Word[] }): Scope[] {
  const values = loop.values.flatMap((word) => {
    const value = expand(word, { variables, folder });
    return word.some((part) => 'variable' in part) ? value.split(/\s+/).filter(Boolean) : [value];
  });
  const known = values.length > 0 ? values : [unknownPart];
  return known.map((value) => ({ folder, variables: new Map(variables).set(loop.name, value) }));
}

function textOf(word: Word | undefined): string | undefined {
  if (!word?.every((part) => 'text' in part)) return undefined;
  return word.map((part) => ('text' in part ? part.text : '')).join('');
}

function expand(word: Word, { variables }: Scope): string {
  return word
    .map((part) => {
      if ('text' in part) return part.text;
      return variables.get(part.variable) ?? part.fallback ?? unknownPart;
    })
    .join('');
}

/** Words in front of a command that do not change what it builds. */
const prefixes = new Set([
  'fi',
  'done',
  'esac',
  'case',
  'sudo',
  'time',
  'exec',
  'command',
  'nohup',
  '!',
  'if',
  'then',
  'else',
  'elif',
  'do',
  'while',
  'until',
]);

function withoutPrefix(words: readonly string[]): readonly string[] | undefined {
  let start = 0;
  while (prefixes.has(words[start] ?? '')) start += 1;
  return start < words.length ? words.slice(start) : undefined;
}

/** Takes assignments and `cd`; false for any other command. */
function assign(words: readonly string[], scope: Scope): boolean {
  const list = words[0] === 'export' || words[0] === 'local' ? words.slice(1) : words;
  const pairs = list.map((word) => /^([A-Za-z_]\w*)=(.*)$/s.exec(word));
  if (pairs.every((pair) => pair !== null)) {
    for (const pair of pairs) scope.variables.set(pair?.[1] ?? '', pair?.[2] ?? '');
    return true;
  }
  if (words[0] !== 'cd' && words[0] !== 'pushd') return false;
  scope.folder = words[1]?.startsWith('/') ? unknownPart : `${scope.folder}/${words[1] ?? unknownPart}`;
  return true;
}
