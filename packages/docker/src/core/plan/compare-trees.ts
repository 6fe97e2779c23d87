/** A file as far as two commits can differ in it: its mode, and the id of its content. */
export interface TreeFile {
  readonly mode: string;
  readonly oid: string;
}

export type Tree = ReadonlyMap<string, TreeFile>;

/** How a file of one commit differs from that of another. */
export interface TreeChange {
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'deleted' | 'mode';
  /** Of a file that was only renamed: its other name. */
  readonly renamed?: string;
  /** A symlink in one of the commits: which other files are read can depend on it. */
  readonly isLink?: true;
}

/** Compares two commits by their trees, sorted by path. Nothing here depends on how a diff would be printed. */
export function compareTrees(base: Tree, head: Tree): TreeChange[] {
  const changes: TreeChange[] = [];
  for (const [path, file] of head) {
    const old = base.get(path);
    const isLink = file.mode === 'symlink' || old?.mode === 'symlink';
    const kind = !old ? 'added' : old.oid !== file.oid ? 'changed' : old.mode !== file.mode && 'mode';
    if (kind) changes.push({ path, kind, ...(isLink && { isLink }) });
  }
  for (const path of base.keys()) if (!head.has(path)) changes.push({ path, kind: 'deleted' });
  return pairRenames(changes, base, head).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** A deleted and an added file of the same content are one that was renamed. */
function pairRenames(changes: readonly TreeChange[], base: Tree, head: Tree): TreeChange[] {
  const gone = new Map<string, string[]>();
  for (const { path, kind } of changes) {
    const oid = base.get(path)?.oid;
    if (kind === 'deleted' && oid !== undefined) gone.set(oid, [...(gone.get(oid) ?? []), path]);
  }
  const names = new Map<string, string>();
  for (const { path, kind } of changes) {
    const old = kind === 'added' ? gone.get(head.get(path)?.oid ?? '')?.shift() : undefined;
    if (old !== undefined) names.set(old, path).set(path, old);
  }
  return changes.map((change) => {
    const renamed = names.get(change.path);
    return renamed === undefined ? change : { ...change, renamed };
  });
}
