/** Merges a patch as Kubernetes does it: maps by key, `null` deletes, lists of objects with names by name. */
export function strategicMerge(value: unknown, patch: unknown): unknown {
  if (Array.isArray(patch)) return Array.isArray(value) ? mergeLists(value, patch) : patch;
  if (!isMap(patch)) return patch;
  const merged: Record<string, unknown> = { ...(isMap(value) ? value : {}) };
  for (const [key, each] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    if (each === null) delete merged[key];
    else merged[key] = strategicMerge(merged[key], each);
  }
  return merged;
}

function mergeLists(values: readonly unknown[], patch: readonly unknown[]): unknown[] {
  if (!patch.every((each) => isMap(each) && 'name' in each)) return [...patch];
  const named = new Map(values.map((each) => [nameOf(each), each]));
  for (const each of patch) named.set(nameOf(each), strategicMerge(named.get(nameOf(each)), each));
  return [...named.values()];
}

function nameOf(value: unknown): unknown {
  return isMap(value) ? value.name : undefined;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
