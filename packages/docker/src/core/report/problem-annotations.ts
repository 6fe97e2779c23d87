import type { Problem } from '../errors.js';

/**
 * Formats problems as GitHub's workflow commands, which it shows in the files of a pull request
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
 */
export function problemAnnotations(problems: readonly Problem[]): string[] {
  return problems.map(({ code, severity, message, fix, place }) => {
    const where = place ? { file: place.file, line: `${place.line}`, col: `${place.column}` } : {};
    const properties = Object.entries({ ...where, title: code }).map(
      ([name, value]) => `${name}=${encode(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
    );
    return `::${severity} ${properties.join(',')}::${encode(`${message}. Fix: ${fix}`)}`;
  });
}

function encode(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
