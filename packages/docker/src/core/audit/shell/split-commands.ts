import { unknownPart } from '../known-parts.js';

/** A piece of a word: text as it is, or the name of a variable. */
export type WordPart = { readonly text: string } | { readonly variable: string; readonly fallback?: string };

export type Word = readonly WordPart[];

/** A simple command of a script. */
export interface ShellCommand {
  readonly words: readonly Word[];
  /** Of its first word, counted from 1. */
  readonly line: number;
}

/**
 * Splits a shell script into its simple commands, as far as one has to know to find builds in it: quotes, escapes,
 * comments, variables and here-documents are understood, and what a command prints (`$(…)`) is not known.
 */
export function splitCommands(script: string): ShellCommand[] {
  const state: State = {
    script,
    at: 0,
    line: 1,
    commands: [],
    words: [],
    word: undefined,
    start: 1,
    bodies: [],
  };
  while (state.at < script.length) step(state);
  endCommand(state);
  return state.commands;
}

interface State {
  readonly script: string;
  at: number;
  line: number;
  readonly commands: ShellCommand[];
  words: Word[];
  /** The word that is being read; `undefined` between words. */
  word: WordPart[] | undefined;
  start: number;
  /** The ends of here-documents whose bodies begin on the next line. */
  bodies: string[];
}

function step(state: State): void {
  const { script, at } = state;
  const rest = script.slice(at, at + 2);
  const char = rest.charAt(0);
  if (rest === '\\\n' || script.startsWith('\\\r\n', at)) skip(state, script.indexOf('\n', at) + 1);
  else if (char === '\\') add(state, { text: script.charAt(at + 1) }, at + 2);
  else if (char === "'") readSingleQuotes(state);
  else if (char === '"') readDoubleQuotes(state);
  else if (char === '$' || char === '`') readDollar(state);
  else if (char === '#' && !state.word) skip(state, endOfLine(script, at));
  else if (script.startsWith('<<', at) && !script.startsWith('<<<', at)) readHeredoc(state);
  else if (/[\n;&|(){}]/.test(char) && !isBraceInWord(state, char)) endsCommand(state, char);
  else if (/[ \t\r]/.test(char)) {
    endWord(state);
    skip(state, at + 1);
  } else add(state, ...readPlain(script, at));
}

/** A run of characters that mean nothing to a shell, or one of another kind. */
function readPlain(script: string, at: number): [WordPart, number] {
  const plain = /[\w./:@,=%+-]+/y;
  plain.lastIndex = at;
  const text = plain.exec(script)?.[0] ?? script.charAt(at);
  return [{ text }, at + text.length];
}

/** `{` and `}` end a command only where they stand alone, and `&` not in `2>&1`. */
function isBraceInWord({ script, at, word }: State, char: string): boolean {
  if (char === '&') return script[at - 1] === '>';
  if (char !== '{' && char !== '}') return false;
  return word !== undefined || !/[\s;]/.test(script[at + 1] ?? ' ');
}

function endsCommand(state: State, char: string): void {
  endCommand(state);
  skip(state, state.at + 1);
  if (char !== '\n') return;
  for (const end of state.bodies.splice(0)) skipBody(state, end);
}

function skipBody(state: State, end: string): void {
  while (state.at < state.script.length) {
    const to = endOfLine(state.script, state.at);
    const line = state.script.slice(state.at, to).trim();
    skip(state, Math.min(state.script.length, to + 1));
    if (line === end) return;
  }
}

function readHeredoc(state: State): void {
  const match = /<<-?\s*(?:'([^']*)'|"([^"]*)"|([\w.-]+))/y;
  match.lastIndex = state.at;
  const found = match.exec(state.script);
  const end = found?.[1] ?? found?.[2] ?? found?.[3];
  if (end !== undefined) state.bodies.push(end);
  skip(state, state.at + (found?.[0].length ?? 2));
}

function readSingleQuotes(state: State): void {
  const end = endOr(state.script, state.script.indexOf("'", state.at + 1));
  add(state, { text: state.script.slice(state.at + 1, end) }, end + 1);
}

function readDoubleQuotes(state: State): void {
  const { script } = state;
  add(state, { text: '' }, state.at + 1);
  while (state.at < script.length && script[state.at] !== '"') {
    const char = script.charAt(state.at);
    if (char === '\\' && /["\\$`\n]/.test(script.charAt(state.at + 1)))
      add(state, { text: script.charAt(state.at + 1).replace('\n', '') }, state.at + 2);
    else if (char === '$' || char === '`') readDollar(state);
    else add(state, { text: char }, state.at + 1);
  }
  skip(state, state.at + 1);
}

function readDollar(state: State): void {
  add(state, ...dollarPart(state.script, state.at));
}

/** A part that begins with `$` or a backtick, and the offset behind it. */
function dollarPart(script: string, at: number): [WordPart, number] {
  if (script[at] === '`') return [{ text: unknownPart }, endOr(script, script.indexOf('`', at + 1)) + 1];
  if (script[at + 1] === '(') return [{ text: unknownPart }, closing(script, at + 1)];
  const pattern = /\$(?:(\w+)|\{(\w+)(?::?-([^{}$]*))?\}|\{[^}]*\}|[?#@*!$-])/y;
  pattern.lastIndex = at;
  const [text, plain, braced, fallback] = pattern.exec(script) ?? [];
  if (text === undefined) return [{ text: '$' }, at + 1];
  const variable = plain ?? braced;
  if (variable === undefined) return [{ text: unknownPart }, at + text.length];
  return [{ variable, ...(fallback !== undefined && { fallback }) }, at + text.length];
}

/** The offset behind the parenthesis that closes the one at an offset. */
function closing(script: string, open: number): number {
  let depth = 0;
  for (let i = open; i < script.length; i++) {
    if (script[i] === '(') depth += 1;
    if (script[i] === ')') depth -= 1;
    if (depth === 0) return i + 1;
  }
  return script.length;
}

function add(state: State, part: WordPart, next: number): void {
  if (state.words.length === 0 && !state.word) state.start = state.line;
  state.word ??= [];
  state.word.push(part);
  skip(state, next);
}

function endWord(state: State): void {
  if (state.word) state.words.push(state.word);
  state.word = undefined;
}

function endCommand(state: State): void {
  endWord(state);
  if (state.words.length > 0) state.commands.push({ words: state.words, line: state.start });
  state.words = [];
}

function skip(state: State, next: number): void {
  const end = Math.min(next, state.script.length);
  state.line += state.script.slice(state.at, end).split('\n').length - 1;
  state.at = end;
}

function endOfLine(script: string, at: number): number {
  return endOr(script, script.indexOf('\n', at));
}

function endOr(script: string, index: number): number {
  return index < 0 ? script.length : index;
}
