import { styleText } from 'node:util';
import { plainText, type Terminal } from '../core/report/terminal.js';

/** What standard output is: colours are for a terminal, and for nobody who set NO_COLOR (https://no-color.org). */
export function readTerminal(
  stdout: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> = process.stdout,
  env: NodeJS.ProcessEnv = process.env,
): Terminal {
  if (!stdout.isTTY) return plainText;
  const hasColours = !env.NO_COLOR && env.TERM !== 'dumb';
  return {
    columns: stdout.columns || 100,
    paint: (style, text) => (hasColours ? styleText(style, text, { validateStream: false }) : text),
  };
}
