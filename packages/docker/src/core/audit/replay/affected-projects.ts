/** A project of the workspace, as far as its own files tell. */
export interface ProjectNode {
  /** Workspace-relative folder. */
  readonly root: string;
  readonly name: string;
  /** Names that its package.json and project.json say it depends on. */
  readonly dependencies: readonly string[];
}

/** A change of one of these is a change of every project. */
const shared =
  /^(?:nx\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/;

/**
 * Finds the projects that Nx selects by default for changed files: those whose folders hold one, and those that depend
 * on them. What only Nx's own analysis of sources knows is not among the dependencies.
 *
 * @returns The roots.
 */
export function affectedProjects(
  projects: readonly ProjectNode[],
  paths: readonly string[],
): ReadonlySet<string> {
  if (paths.some((path) => shared.test(path))) return new Set(projects.map(({ root }) => root));
  const byRoot = new Map(projects.map((project) => [project.root, project]));
  const affected = new Map<string, ProjectNode>();
  for (const path of paths) {
    const owner = findOwner(path, byRoot);
    if (owner) affected.set(owner.name, owner);
  }
  for (const [name] of affected)
    for (const project of projects)
      if (project.dependencies.includes(name)) affected.set(project.name, project);
  return new Set([...affected.values()].map(({ root }) => root));
}

function findOwner(path: string, byRoot: ReadonlyMap<string, ProjectNode>): ProjectNode | undefined {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const project = byRoot.get(path.slice(0, end));
    if (project) return project;
  }
  return byRoot.get('.');
}
