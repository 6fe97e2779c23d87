import type { ProjectNode } from '../core/audit/replay/affected-projects.js';
import { joinPath } from '../core/image/context-folder.js';
import { projectReader } from './project-files.js';
import type { Workspace } from './workspace.js';

const projectFile = /(?:^|\/)(?:project|package)\.json$/;

/** Reads which projects a workspace has, without Nx: each folder with a project.json or a package.json but the root. */
export function readProjectNodes(workspace: Workspace): ProjectNode[] {
  const projects = projectReader(workspace);
  const folders = workspace.index.paths.filter(
    (path) => projectFile.test(path) && !path.includes('node_modules/'),
  );
  const roots = [...new Set(folders.map((path) => path.replace(/\/?[^/]*$/, '')))].filter(Boolean);
  return roots.map((root) => ({
    root,
    name: projects.facts(root).name,
    dependencies: dependenciesOf(root, workspace),
  }));
}

function dependenciesOf(root: string, { readText }: Workspace): string[] {
  const manifest = parse(readText(joinPath(root, 'package.json')));
  const project = parse(readText(joinPath(root, 'project.json')));
  const implicit = Array.isArray(project.implicitDependencies) ? project.implicitDependencies : [];
  return [
    ...['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].flatMap((key) =>
      Object.keys((manifest[key] as object | undefined) ?? {}),
    ),
    ...implicit.filter((name) => typeof name === 'string'),
  ];
}

function parse(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
