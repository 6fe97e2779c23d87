import { checkHealthcheck } from './check-healthcheck.js';
import { checkRunFlags } from './check-run-flags.js';
import type { Instruction } from './dockerfile.js';
import { parseHeredocWord } from './heredoc-words.js';
import { checkFlags, type Fault } from './instruction-flags.js';
import { instructionRules } from './instruction-rules.js';
import { suggestName } from './suggest-name.js';
import { trimSpace } from './white-space.js';

/**
 * Finds what BuildKit refuses in an instruction before it evaluates anything: an unknown keyword or flag,
 * arguments that are too many or too few.
 */
export function checkInstruction(instruction: Instruction, name = instruction.keyword): Fault | undefined {
  const { keyword, flags } = instruction;
  const rule = Object.hasOwn(instructionRules, keyword) ? instructionRules[keyword] : undefined;
  if (!rule) return unknownInstruction(name);
  const counted = checkArgumentCount(instruction, rule.args);
  if (counted) return counted;
  if (keyword === 'FROM') return checkFrom(instruction) ?? checkFlags(flags, rule.flags ?? {}, keyword);
  const isNone = keyword === 'HEALTHCHECK' && instruction.args[0]?.toUpperCase() === 'NONE';
  const faulty = rule.flags && !isNone ? checkFlags(flags, rule.flags, keyword) : undefined;
  return faulty ?? checkArguments(instruction);
}

function unknownInstruction(name: string): Fault {
  const similar = suggestName(name, Object.keys(instructionRules));
  const fix = similar
    ? `write ${similar}`
    : 'remove the line, or end the line before it with the escape character';
  return { message: `unknown instruction: ${name}`, fix, word: name };
}

function checkArgumentCount({ keyword, args }: Instruction, expected: string): Fault | undefined {
  if (expected === 'some' && args.length === 0) {
    return {
      message: `${keyword} requires at least one argument`,
      fix: `write what ${keyword} is about after it`,
    };
  }
  if (expected === 'one' && args.length !== 1) {
    return {
      message: `${keyword} requires exactly one argument`,
      fix: `write one argument after ${keyword}`,
    };
  }
  if (expected !== 'sources and destination' || args.length >= 2) return undefined;
  const message = `${keyword} requires at least two arguments, a source and a destination`;
  return { message, fix: `write ${keyword} <source> <destination>` };
}

function checkArguments(instruction: Instruction): Fault | undefined {
  const { keyword, args } = instruction;
  switch (keyword) {
    case 'ADD':
    case 'COPY':
      return checkDestination(keyword, args.at(-1) ?? '');
    case 'ARG':
      return checkNames(
        keyword,
        args.map((arg) => (arg.startsWith('=') ? '' : arg)),
      );
    case 'ENV':
    case 'LABEL':
      return checkNames(
        keyword,
        args.filter((_, index) => index % 3 === 0),
      );
    case 'HEALTHCHECK':
      return checkHealthcheck(instruction);
    case 'ONBUILD':
      return checkOnbuild(instruction);
    case 'RUN':
      return checkRunFlags(instruction);
    case 'SHELL':
      return checkShell(instruction);
    case 'VOLUME':
      if (args.every((arg) => trimSpace(arg) !== '')) return undefined;
      return { message: 'VOLUME specified can not be an empty string', fix: 'remove the empty volume' };
    default:
      return undefined;
  }
}

/** `FROM base` or `FROM base AS name`. */
function checkFrom({ args }: Instruction): Fault | undefined {
  const [, as = '', name = ''] = args;
  if (args.length === 1) return undefined;
  if (args.length !== 3 || as.toUpperCase() !== 'AS') {
    return { message: 'FROM requires either one or three arguments', fix: 'write FROM <image> AS <name>' };
  }
  if (isStageName(name.toLowerCase())) return undefined;
  const message = `invalid name for build stage: ${JSON.stringify(name)}`;
  return {
    message,
    fix: 'start the name with a letter and use only letters, digits, -, _ and .',
    word: name,
  };
}

/** A stage name in lower case. */
export function isStageName(name: string): boolean {
  return /^[a-z][a-z0-9-_.]*$/.test(name);
}

function checkDestination(keyword: string, destination: string): Fault | undefined {
  if (!parseHeredocWord(destination).heredoc) return undefined;
  const message = `${keyword} cannot accept a heredoc as a destination`;
  return { message, fix: `write a path after ${destination}`, word: destination };
}

function checkNames(keyword: string, names: readonly string[]): Fault | undefined {
  if (!names.includes('')) return undefined;
  return { message: `${keyword} names can not be blank`, fix: 'write a name in front of the =' };
}

function checkShell({ args, json }: Instruction): Fault | undefined {
  if (json && args.length > 0) return undefined;
  return { message: 'SHELL requires the arguments to be in JSON form', fix: 'write SHELL ["/bin/sh", "-c"]' };
}

function checkOnbuild({ onbuild }: Instruction): Fault | undefined {
  if (!onbuild)
    return { message: 'ONBUILD requires at least one argument', fix: 'write an instruction after ONBUILD' };
  const { keyword } = onbuild;
  if (keyword !== 'ONBUILD' && keyword !== 'MAINTAINER' && keyword !== 'FROM') return undefined;
  return {
    message: `${keyword} isn't allowed as an ONBUILD trigger`,
    fix:
      keyword === 'ONBUILD'
        ? 'write ONBUILD once'
        : `write ${keyword} in the Dockerfile that uses this image`,
    word: keyword,
  };
}
