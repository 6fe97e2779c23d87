/** The files of a commit, kept up to date from one commit to the next. */
export interface TreeState<Entry> {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Applies the changes of a commit. Returns the files and folders that came to be or are gone. */
  apply(changes: readonly { readonly path: string; readonly entry: Entry | undefined }[]): string[];
}

export function treeState<Entry extends { readonly path: string }>(
  files: readonly Entry[],
): TreeState<Entry> {
  const entries = new Map<string, Entry>();
  /** How many files are below a folder. */
  const counts = new Map<string, number>();
  const put = (path: string, entry: Entry | undefined): string[] => {
    const had = entries.has(path);
    if (entry) entries.set(path, entry);
    else entries.delete(path);
    if (had === (entry !== undefined)) return [];
    return [path, ...countFolders(counts, path, entry ? 1 : -1)];
  };
  for (const file of files) put(file.path, file);
  return {
    entries,
    apply: (changes) => changes.flatMap(({ path, entry }) => put(path, entry)),
  };
}

/** Returns the folders that got their first file or lost their last. */
function countFolders(counts: Map<string, number>, path: string, step: 1 | -1): string[] {
  const flipped: string[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const folder = path.slice(0, end);
    const before = counts.get(folder) ?? 0;
    counts.set(folder, before + step);
    if (before === 0 || before + step === 0) flipped.push(folder);
  }
  return flipped;
}
