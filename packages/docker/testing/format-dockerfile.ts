import type { Dockerfile, Instruction } from '../src/core/dockerfile/dockerfile.js';
import { formatProblem } from '../src/core/errors.js';

/** A Dockerfile as text for goldens: one line an instruction, stages as headings, then the problems. */
export function formatDockerfile(dockerfile: Dockerfile): string {
  const { escape: escapeCharacter, directives, foreignSyntax, instructions, stages, problems } = dockerfile;
  const starts = new Map(stages.map((stage) => [stage.from, stage]));
  const lines = [`escape ${escapeCharacter}`];
  for (const [key, value] of Object.entries(directives)) lines.push(`directive ${key}=${value}`);
  if (foreignSyntax !== undefined) lines.push(`foreign ${foreignSyntax}`);
  for (const instruction of instructions) {
    const stage = starts.get(instruction);
    if (stage) lines.push(`stage ${stage.index} ${JSON.stringify(stage.name)}`);
    lines.push(...formatInstruction(instruction));
  }
  return `${[...lines, ...problems.map(formatProblem)].join('\n')}\n`;
}

function formatInstruction(instruction: Instruction): string[] {
  const { startLine, endLine, heredocs } = instruction;
  const where = startLine === endLine ? String(startLine) : `${startLine}-${endLine}`;
  const bodies = heredocs.map(({ name, expand, chomp, content }) => {
    const traits = [expand ? 'expand' : 'quoted', ...(chomp ? ['chomp'] : [])].join(' ');
    return `    heredoc ${name} (${traits}) ${JSON.stringify(content)}`;
  });
  return [`  ${where.padEnd(6)} ${formatWords(instruction)}`, ...bodies];
}

function formatWords({ keyword, flags, args, json, onbuild }: Instruction): string {
  const words = [keyword, ...flags.map((flag) => `[${flag}]`), ...args.map((arg) => JSON.stringify(arg))];
  if (json) words.push('(json)');
  return onbuild ? `${words.join(' ')} { ${formatWords(onbuild)} }` : words.join(' ');
}
