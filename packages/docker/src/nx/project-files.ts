import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a project's own files say that matters here, before Nx has merged them. */
export interface ProjectFacts {
  /** The name Nx gives the project. */
  readonly name: string;
  /** Options of its targets, by target name, as project.json or package.json state them. */
  readonly targetOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** True if the folder holds a file that makes it a project. */
export function isProjectFolder(workspaceRoot: string, folder: string): boolean {
  return ['project.json', 'package.json'].some((file) => existsSync(join(workspaceRoot, folder, file)));
}

/** Reads a project folder. Unreadable files count as empty: Nx itself reports them. */
export function readProjectFacts(workspaceRoot: string, projectRoot: string): ProjectFacts {
  const project = readJson(join(workspaceRoot, projectRoot, 'project.json'));
  const manifest = readJson(join(workspaceRoot, projectRoot, 'package.json'));
  const nx = record(manifest.nx);
  const name = [project.name, nx.name, manifest.name].find(isName);
  return {
    name: name ?? folderName(workspaceRoot, projectRoot),
    targetOptions: { ...targetOptions(nx.targets), ...targetOptions(project.targets) },
  };
}

function targetOptions(targets: unknown): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(record(targets)).map(([name, target]) => [name, record(record(target).options)]),
  );
}

function folderName(workspaceRoot: string, projectRoot: string): string {
  const path = projectRoot === '.' ? workspaceRoot : projectRoot;
  return path.slice(path.replaceAll('\\', '/').lastIndexOf('/') + 1).toLowerCase();
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function readJson(path: string): Record<string, unknown> {
  try {
    return record(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return {};
  }
}
