import type { Evaluation } from './evaluation.js';

/**
 * Joins the evaluations of one Dockerfile for several platforms: what any of them reads is read. Everything that
 * describes the Dockerfile itself is that of the first.
 */
export function mergeEvaluations(first: Evaluation, ...others: readonly Evaluation[]): Evaluation {
  const all = [first, ...others];
  return {
    ...first,
    reads: distinct(all.flatMap(({ reads }) => reads)),
    contextPaths: [...new Set(all.flatMap(({ contextPaths }) => contextPaths))].sort(),
    images: distinct(all.flatMap(({ images }) => images)),
    git: distinct(all.flatMap(({ git }) => git)),
    http: distinct(all.flatMap(({ http }) => http)),
    ports: distinct(all.flatMap(({ ports }) => ports)),
    reachableStages: [...new Set(all.flatMap(({ reachableStages }) => reachableStages))].sort(
      (a, b) => a - b,
    ),
    reachableInstructions: [
      ...new Set(all.flatMap(({ reachableInstructions }) => reachableInstructions)),
    ].sort((a, b) => a.startLine - b.startLine),
    declaredArgs: [...new Set(all.flatMap(({ declaredArgs }) => declaredArgs))].sort(),
    usedContexts: [...new Set(all.flatMap(({ usedContexts }) => usedContexts))],
    namedContextPaths: mergePaths(all.map(({ namedContextPaths }) => namedContextPaths)),
    problems: distinct(all.flatMap(({ problems }) => problems)),
  };
}

function mergePaths(
  all: readonly Readonly<Record<string, readonly string[]>>[],
): Record<string, readonly string[]> {
  const keys = [...new Set(all.flatMap((paths) => Object.keys(paths)))];
  return Object.fromEntries(
    keys.map((key) => [key, [...new Set(all.flatMap((paths) => paths[key] ?? []))].sort()]),
  );
}

function distinct<T>(list: readonly T[]): T[] {
  return [...new Map(list.map((entry) => [JSON.stringify(entry), entry])).values()];
}
