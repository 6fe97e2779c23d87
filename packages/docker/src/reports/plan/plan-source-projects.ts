import { expandInputs } from '../../core/plan/expand-inputs.js';
import type { NxGraph, NxTarget } from './plan-graph.js';

/** A target that makes files of a build. */
export interface Maker {
  readonly projectName: string;
  readonly targetName: string;
}

export interface MakerSources {
  /** Folders of the projects whose files the target depends on. */
  readonly roots: readonly string[];
  /** Globs over files outside of them. */
  readonly globs: readonly string[];
}

/**
 * What a target can make its files of: its project, all that this depends on, and what the inputs of the target and
 * of those it depends on name in the workspace. Rather too much than too little: bundlers follow imports.
 */
export function makerSources(
  { projectName, targetName }: Maker,
  graph: NxGraph,
  namedInputs: Readonly<Record<string, unknown>>,
): MakerSources {
  const projects = new Set([projectName]);
  const targets = new Set([targetName]);
  for (let size = 0; size < projects.size + targets.size; ) {
    size = projects.size + targets.size;
    for (const project of projects) {
      for (const { target } of graph.dependencies[project] ?? [])
        if (Object.hasOwn(graph.nodes, target)) projects.add(target);
      for (const target of targets)
        for (const dependency of targetOf(graph, project, target)?.dependsOn ?? [])
          addDependency(dependency, { projects, targets, graph });
    }
  }
  const globs = new Set<string>();
  const roots = [...projects].flatMap((project) => graph.nodes[project]?.data.root ?? []);
  for (const project of projects)
    for (const target of targets)
      for (const glob of globsOf(project, target, { graph, namedInputs })) globs.add(glob);
  return { roots: roots.sort(), globs: [...globs].sort() };
}

function targetOf(graph: NxGraph, project: string, target: string): NxTarget | undefined {
  const targets = graph.nodes[project]?.data.targets ?? {};
  return Object.hasOwn(targets, target) ? targets[target] : undefined;
}

function addDependency(
  dependency: unknown,
  { projects, targets, graph }: { projects: Set<string>; targets: Set<string>; graph: NxGraph },
): void {
  if (typeof dependency === 'string') targets.add(dependency.replace(/^\^/, ''));
  if (typeof dependency !== 'object' || dependency === null) return;
  const { target, projects: names } = dependency as Record<string, unknown>;
  if (typeof target === 'string') targets.add(target);
  for (const name of [names].flat())
    if (typeof name === 'string' && Object.hasOwn(graph.nodes, name)) projects.add(name);
}

function globsOf(
  project: string,
  target: string,
  { graph, namedInputs }: { graph: NxGraph; namedInputs: Readonly<Record<string, unknown>> },
): readonly string[] {
  const data = graph.nodes[project]?.data;
  const found = targetOf(graph, project, target);
  if (!data || !found) return [];
  const scope = {
    projectRoot: data.root,
    projectName: project,
    namedInputs: { ...namedInputs, ...data.namedInputs },
  };
  const { globs } = expandInputs(found.inputs ?? ['default'], scope);
  // What is taken away counts all the same, and a project's own files count whole.
  return globs.filter(
    (glob) => !glob.startsWith('!') && !(data.root !== '.' && glob.startsWith(`${data.root}/`)),
  );
}
