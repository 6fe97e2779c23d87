import type { InputPatterns } from '../core/image/input-patterns.js';

/**
 * Writes input patterns as Nx inputs: strings, since only those make `nx affected` select a task.
 *
 * Measured on Nx 22.7.12, 23.3.1 and 24.0.6: unescaped, `(auth)` and `[slug]` match nothing, and a lone `(` fails the
 * runs of its task in 23 and 24; escaped, `(auth)` is affected but hashed as if it were not there in 22; a `?` in the
 * place of each such character works for both everywhere. A negation is read by Nx 24 only when it selects tasks, and must
 * never cover more than it says, so that it is escaped instead.
 */
export function nxInputs(patterns: InputPatterns, projectRoot: string): string[] {
  return [
    ...patterns.positive.map((pattern) => rooted(pattern.replace(special, '?'), projectRoot)),
    ...patterns.negative
      .map((pattern) => pattern.replace(special, '\\$&'))
      .flatMap((pattern) => [pattern, ...insideProject(pattern, projectRoot)])
      .map((pattern) => `!${rooted(pattern, projectRoot)}`),
  ];
}

/** All that Nx's matchers treat as special, but for `*` and `?`, which are special in input patterns, too. */
const special = /[()[\]{}!+@|,^$\\]/g;

/** Nx matches a project's own files apart from all others: a rule for both has to be said for both. */
function insideProject(pattern: string, projectRoot: string): string[] {
  const [folder = '', rest] = pattern.split(/(?:^|\/)\*\*\/(.*)/s);
  const isAbove = projectRoot !== '.' && (folder === '' || `${projectRoot}/`.startsWith(`${folder}/`));
  return rest !== undefined && isAbove && projectRoot !== folder ? [`${projectRoot}/**/${rest}`] : [];
}

function rooted(pattern: string, projectRoot: string): string {
  const inProject = projectRoot !== '.' && pattern.startsWith(`${projectRoot}/`);
  return inProject ? `{projectRoot}/${pattern.slice(projectRoot.length + 1)}` : `{workspaceRoot}/${pattern}`;
}
