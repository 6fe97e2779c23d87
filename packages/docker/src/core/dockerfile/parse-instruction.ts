import { splitBuilderFlags } from './builder-flags.js';
import type { Fault } from './instruction-flags.js';
import { parseJsonArray } from './json-array.js';
import { parseNameValues, splitQuotedWords } from './name-values.js';
import { cutWord, isSpace, trimSpace, wordSeparator } from './white-space.js';

/** An instruction of which only its own line has been read. */
export interface ParsedInstruction {
  /** Upper-cased. */
  readonly keyword: string;
  /** As it stands in the file. */
  readonly name: string;
  readonly flags: readonly string[];
  readonly args: readonly string[];
  readonly json: boolean;
  readonly onbuild?: ParsedInstruction;
  readonly text: string;
  /** What is wrong with the arguments. */
  readonly fault?: Fault;
}

interface Arguments {
  readonly args: readonly string[];
  readonly json?: boolean;
  readonly onbuild?: ParsedInstruction;
  readonly fault?: Fault | undefined;
}

interface Context {
  readonly escape: '\\' | '`';
  /** How many ONBUILD the instruction is inside of. */
  readonly depth: number;
}

/** BuildKit refuses ONBUILD in ONBUILD, so there is no need to look into a long chain of them. */
const maximumOnbuildDepth = 4;

/** Reads keyword, flags and arguments of one instruction, which has been joined into one line. */
export function parseInstruction(text: string, escapeCharacter: '\\' | '`'): ParsedInstruction {
  return parseAt(text, { escape: escapeCharacter, depth: 0 });
}

function parseAt(text: string, context: Context): ParsedInstruction {
  const { word: name, rest = '' } = cutWord(trimSpace(text));
  const { flags, rest: afterFlags } = splitBuilderFlags(rest, context.escape);
  const keyword = name.toUpperCase();
  const parsed = parseArguments(keyword, trimSpace(afterFlags), context);
  return {
    keyword,
    name,
    flags,
    args: parsed.args,
    json: parsed.json ?? false,
    text,
    ...(parsed.onbuild && { onbuild: parsed.onbuild }),
    ...(parsed.fault && { fault: parsed.fault }),
  };
}

function parseArguments(keyword: string, text: string, context: Context): Arguments {
  switch (keyword) {
    case 'ADD':
    case 'COPY':
    case 'VOLUME':
      return jsonOr(text, splitWords);
    case 'CMD':
    case 'ENTRYPOINT':
    case 'RUN':
    case 'SHELL':
      return jsonOr(text, oneArgument);
    case 'EXPOSE':
    case 'FROM':
      return { args: splitWords(text) };
    case 'MAINTAINER':
    case 'STOPSIGNAL':
    case 'USER':
    case 'WORKDIR':
      return { args: oneArgument(text) };
    case 'ENV':
    case 'LABEL':
      return parseNameValues(keyword, text, context.escape);
    case 'ARG':
      return { args: splitQuotedWords(text, context.escape) };
    case 'HEALTHCHECK':
      return parseHealthcheck(text);
    case 'ONBUILD':
      return parseOnbuild(text, context);
    default:
      return { args: [''] };
  }
}

function jsonOr(text: string, parseShellForm: (text: string) => string[]): Arguments {
  const array = parseJsonArray(text);
  if (array === 'not an array') return { args: parseShellForm(text) };
  if (array === 'not strings') {
    const message = 'a JSON array of arguments must be comprised of strings only';
    return { args: [], fault: { message, fix: 'put every argument in double quotes' } };
  }
  return { args: array.strings, json: true };
}

function splitWords(text: string): string[] {
  return text === '' ? [] : text.split(wordSeparator);
}

function oneArgument(text: string): string[] {
  return text === '' ? [] : [text];
}

/** CMD and the command, or NONE. */
function parseHealthcheck(text: string): Arguments {
  let end = 0;
  while (end < text.length && !isSpace(text.charAt(end))) end++;
  if (end === 0) return { args: [] };
  const command = jsonOr(trimSpace(text.slice(end)), oneArgument);
  return { ...command, args: [text.slice(0, end), ...command.args] };
}

function parseOnbuild(text: string, { escape: escapeCharacter, depth }: Context): Arguments {
  if (text === '' || depth >= maximumOnbuildDepth) return { args: [] };
  const onbuild = parseAt(text, { escape: escapeCharacter, depth: depth + 1 });
  return { args: [], onbuild, fault: onbuild.fault };
}
