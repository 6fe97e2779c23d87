import { FsTree, flushChanges } from 'nx/src/generators/tree';

export interface GeneratorRun {
  readonly printed: string;
  /** What was written, by path; a deleted file is `<deleted>`. */
  readonly changes: Readonly<Record<string, string>>;
}

/** Runs a generator on a folder as Nx does, and writes what it changed. */
export async function runGenerator(
  root: string,
  run: (tree: FsTree) => Promise<unknown>,
): Promise<GeneratorRun> {
  const tree = new FsTree(root, false);
  let printed = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  try {
    await run(tree);
  } finally {
    write.mockRestore();
  }
  const changes = tree.listChanges();
  flushChanges(root, changes);
  const texts = changes.map(({ path, type, content }) => [
    path,
    type === 'DELETE' ? '<deleted>' : String(content),
  ]);
  return { printed, changes: Object.fromEntries(texts) };
}
