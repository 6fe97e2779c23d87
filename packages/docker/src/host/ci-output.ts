import { appendFileSync } from 'node:fs';
import { type AnnotationLevel, formatAnnotation } from '../core/report/annotation.js';

/** Shows a line beside the log of a CI; on a terminal it is a line of standard error. */
export function annotate(level: AnnotationLevel, message: string): void {
  const isGitHub = process.env.GITHUB_ACTIONS === 'true';
  const line = `${formatAnnotation(level, message, isGitHub)}\n`;
  // GitHub reads its commands from both streams; results alone go to standard output.
  process.stderr.write(line);
}

/** Adds Markdown to the page of a GitHub job; nothing elsewhere. */
export function addSummary(markdown: string): void {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (file) appendFileSync(file, `${markdown}\n`);
}

/** Sets an output of a GitHub step; nothing elsewhere. The value must be of one line. */
export function setOutput(name: string, value: string): void {
  const file = process.env.GITHUB_OUTPUT;
  if (file) appendFileSync(file, `${name}=${value}\n`);
}
