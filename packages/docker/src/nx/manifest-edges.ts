import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CreateDependenciesContext, DependencyType, type ProjectConfiguration } from '@nx/devkit';
import { searchRepositories } from '../core/manifest/find-repositories.js';
import { buildExecutor } from './docker-target.js';
import { findManifests } from './manifest-paths.js';

export interface ManifestEdge {
  readonly source: string;
  readonly target: string;
  readonly type: DependencyType;
  /** The manifest. */
  readonly sourceFile: string;
}

/**
 * Makes an edge from each project that owns a manifest to each project whose image the manifest names, by the text
 * alone: nothing is parsed, since every Nx command comes by here. Manifests of no project make none.
 *
 * @param paths `kubernetes.paths` of the plugin options.
 */
export function manifestEdges(
  { projects, fileMap, workspaceRoot }: CreateDependenciesContext,
  paths: readonly string[],
): ManifestEdge[] {
  const owners = imageOwners(projects);
  const files = new Map(
    Object.entries(fileMap.projectFileMap).flatMap(([project, own]) =>
      own.map(({ file }) => [file, project] as const),
    ),
  );
  if (owners.byRepository.size === 0) return [];
  const { manifests, templates } = findManifests([...files.keys()], paths);
  const search = searchRepositories(owners.byRepository.keys());
  return [...manifests, ...templates].flatMap((sourceFile) => {
    const source = files.get(sourceFile) ?? '';
    const text = readText(join(workspaceRoot, sourceFile));
    const named = search(text).flatMap((repository) => owners.byRepository.get(repository) ?? []);
    const targets = new Set([...named, ...markedProjects(text, owners.projects)]);
    targets.delete(source);
    return [...targets].map((target) => ({ source, target, type: DependencyType.static, sourceFile }));
  });
}

interface ImageOwners {
  readonly byRepository: ReadonlyMap<string, readonly string[]>;
  readonly projects: ReadonlySet<string>;
}

function imageOwners(projects: Readonly<Record<string, ProjectConfiguration>>): ImageOwners {
  const byRepository = new Map<string, string[]>();
  for (const [project, { targets = {} }] of Object.entries(projects)) {
    for (const { executor, options } of Object.values(targets)) {
      if (executor !== buildExecutor || typeof options?.image !== 'string') continue;
      byRepository.set(options.image, [...(byRepository.get(options.image) ?? []), project]);
    }
  }
  return { byRepository, projects: new Set([...byRepository.values()].flat()) };
}

/** A comment may call an image by its project: `# moltbook-docker: api`. */
function markedProjects(text: string, projects: ReadonlySet<string>): string[] {
  if (!text.includes('moltbook-docker:')) return [];
  const names = [...text.matchAll(/moltbook-docker:\s*(\S+)/g)].map(([, name = '']) => name);
  return names.filter((name) => projects.has(name));
}

/** A file that cannot be read names nothing: a graph is no place to fail for it. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
