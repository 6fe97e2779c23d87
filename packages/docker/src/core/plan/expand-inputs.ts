/** The inputs of an Nx target, as far as they name files of the workspace. */
export interface ExpandedInputs {
  /** Globs over workspace-relative paths, those with a leading `!` take away. */
  readonly globs: readonly string[];
  /** Files of the projects that the project depends on count as well. */
  readonly ofDependencies: boolean;
  /** Projects whose files count, by name. */
  readonly projects: readonly string[];
}

export interface InputScope {
  /** `.` for the workspace root. */
  readonly projectRoot: string;
  readonly projectName: string;
  /** Those of nx.json with those of the project on top. */
  readonly namedInputs: Readonly<Record<string, unknown>>;
}

/**
 * Resolves the named inputs and tokens of Nx's `inputs`. What names no file is left out: variables, commands, external
 * packages. https://nx.dev/docs/reference/inputs
 */
export function expandInputs(inputs: readonly unknown[], scope: InputScope): ExpandedInputs {
  const globs: string[] = [];
  const projects: string[] = [];
  let ofDependencies = false;
  const seen = new Set<string>();
  function expand(input: unknown): void {
    if (typeof input !== 'string') expandObject(input);
    else if (input === '...') return;
    else if (input.startsWith('^')) ofDependencies = true;
    else if (/^!?\{(?:projectRoot|workspaceRoot)\}/.test(input)) globs.push(toGlob(input, scope));
    else if (!seen.has(input)) {
      seen.add(input);
      const named = Object.hasOwn(scope.namedInputs, input) ? scope.namedInputs[input] : undefined;
      if (Array.isArray(named)) for (const each of named) expand(each);
      else if (input === 'default') globs.push(toGlob('{projectRoot}/**/*', scope));
    }
  }
  function expandObject(input: unknown): void {
    if (typeof input !== 'object' || input === null) return;
    const { input: name, fileset, json, projects: others, dependencies } = input as Record<string, unknown>;
    if (dependencies === true) ofDependencies = true;
    else if (others !== undefined)
      projects.push(...[others].flat().filter((each) => typeof each === 'string'));
    else for (const each of [name, fileset, json]) if (typeof each === 'string') expand(each);
  }
  for (const input of inputs) expand(input);
  return {
    globs,
    ofDependencies,
    projects: projects.map((name) => (name === 'self' ? scope.projectName : name)),
  };
}

function toGlob(input: string, { projectRoot, projectName }: InputScope): string {
  const root = projectRoot === '.' ? '' : `${projectRoot}/`;
  return input
    .replace(/^(!?)\{projectRoot\}\/?/, `$1${root.replaceAll('$', '$$$$')}`)
    .replace(/^(!?)\{workspaceRoot\}\/?/, '$1')
    .replaceAll('{projectName}', () => projectName);
}
