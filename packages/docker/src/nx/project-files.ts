import { joinPath } from '../core/image/context-folder.js';
import type { Workspace } from './workspace.js';

/** What a project's own files say that matters here, before Nx has merged them. */
export interface ProjectFacts {
  /** The name Nx gives the project. */
  readonly name: string;
  /** Its targets as project.json or package.json state them; inferred ones are not known here. */
  readonly targets: Readonly<Record<string, TargetFacts>>;
  readonly namedInputs?: Readonly<Record<string, unknown>>;
}

export interface TargetFacts {
  readonly options: Readonly<Record<string, unknown>>;
  readonly outputs: readonly string[];
  /** In the form of project.json, unchecked. */
  readonly inputs?: readonly unknown[];
  readonly dependsOn?: readonly unknown[];
}

/** Answers questions about project folders, each of which is read once. */
export interface ProjectReader {
  isProject(folder: string): boolean;
  facts(folder: string): ProjectFacts;
}

export function projectReader(workspace: Workspace): ProjectReader {
  const projects = new Map<string, boolean>();
  const facts = new Map<string, ProjectFacts>();
  return {
    isProject: (folder) => remember(projects, folder, () => isProjectFolder(workspace, folder)),
    facts: (folder) => remember(facts, folder, () => readProjectFacts(workspace, folder)),
  };
}

function remember<T>(known: Map<string, T>, key: string, read: () => T): T {
  if (!known.has(key)) known.set(key, read());
  return known.get(key) as T;
}

/** True if the folder holds a file that makes it a project. */
function isProjectFolder({ readText }: Workspace, folder: string): boolean {
  return ['project.json', 'package.json'].some((file) => readText(joinPath(folder, file)) !== undefined);
}

/** Reads a project folder. Unreadable files count as empty: Nx itself reports them. */
function readProjectFacts({ name: workspaceName, readText }: Workspace, projectRoot: string): ProjectFacts {
  const project = parseJson(readText(joinPath(projectRoot, 'project.json')));
  const manifest = parseJson(readText(joinPath(projectRoot, 'package.json')));
  const nx = record(manifest.nx);
  const name = [project.name, nx.name, manifest.name].find(isName);
  return {
    name: name ?? folderName(workspaceName, projectRoot),
    targets: { ...targetFacts(nx.targets), ...targetFacts(project.targets) },
    namedInputs: { ...record(nx.namedInputs), ...record(project.namedInputs) },
  };
}

function targetFacts(targets: unknown): Record<string, TargetFacts> {
  return Object.fromEntries(
    Object.entries(record(targets)).map(([name, target]) => {
      const { options, outputs, inputs, dependsOn } = record(target);
      const paths = Array.isArray(outputs) ? outputs.filter((path) => typeof path === 'string') : [];
      const facts: TargetFacts = {
        options: record(options),
        outputs: paths,
        ...(Array.isArray(inputs) && { inputs }),
        ...(Array.isArray(dependsOn) && { dependsOn }),
      };
      return [name, facts];
    }),
  );
}

function folderName(workspaceName: string, projectRoot: string): string {
  const name = projectRoot === '.' ? workspaceName : projectRoot.slice(projectRoot.lastIndexOf('/') + 1);
  return name.toLowerCase();
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parseJson(text: string | undefined): Record<string, unknown> {
  try {
    return record(JSON.parse(text ?? ''));
  } catch {
    return {};
  }
}
