import type { RawProjectGraphDependency } from '@nx/devkit';

type Edge = Pick<RawProjectGraphDependency, 'source' | 'target'>;

/**
 * Leaves out edges that would close a circle of projects, with which Nx could order no `^build` any more.
 *
 * @param fixed Edges that are there in any case.
 * @param edges In their order: of a circle the last one is left out.
 */
export function leaveOutCircles<Wanted extends Edge>(
  fixed: readonly Edge[],
  edges: readonly Wanted[],
): { readonly kept: readonly Wanted[]; readonly left: readonly Wanted[] } {
  const next = new Map<string, Set<string>>();
  for (const edge of fixed) add(edge, next);
  const closing = new Map<string, boolean>();
  const closes = (edge: Wanted): boolean => {
    const key = JSON.stringify([edge.source, edge.target]);
    const known = closing.get(key) ?? reaches(edge.target, edge.source, next);
    closing.set(key, known);
    if (!known) add(edge, next);
    return known;
  };
  const left = new Set(edges.filter(closes));
  return { kept: edges.filter((edge) => !left.has(edge)), left: [...left] };
}

type Targets = Map<string, Set<string>>;

function add({ source, target }: Edge, next: Targets): void {
  next.set(source, (next.get(source) ?? new Set()).add(target));
}

function reaches(start: string, goal: string, next: Targets): boolean {
  const seen = new Set([start]);
  for (const at of seen) for (const target of next.get(at) ?? []) seen.add(target);
  return seen.has(goal);
}
