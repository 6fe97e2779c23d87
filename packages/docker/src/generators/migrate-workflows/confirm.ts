import { createInterface } from 'node:readline/promises';

/** Asks on a terminal. Without one, in a dry run, or where the answer was given before, the answer is yes. */
export async function confirm(question: string, isGiven: boolean): Promise<boolean> {
  const isDryRun = process.env.NX_DRY_RUN === 'true';
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY && !process.env.CI;
  if (isGiven || isDryRun || !isTerminal) return true;
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(?:es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
  } finally {
    prompt.close();
  }
}
