import { formatProblem } from '../core/errors.js';
import { nameCommit } from '../reports/images/name-commit.js';
import { type Command, print, type Values } from './command.js';

export const tagsCommand: Command = {
  usage: `
  tags [projects…]
      The names that the images of all projects, or of some, would get by a publication of the
      commit that is checked out: one a line. No registry is asked. Exits with 1 if a rule for
      names cannot be read.
        --json                    writes JSON, with labels and annotations
`,
  options: { json: { type: 'boolean' } },
  run: runTags,
};

async function runTags(projects: readonly string[], { json }: Values): Promise<number> {
  const named = await nameCommit(projects, { now: new Date() });
  const { images, problems } = named;
  const lines = images.flatMap(({ image, tags }) => tags.map((tag) => `${image}:${tag}\n`));
  print(json ? `${JSON.stringify(named, null, 2)}\n` : lines.join(''));
  if (!json) for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}
