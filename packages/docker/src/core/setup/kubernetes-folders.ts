/** A file that Kubernetes or kustomize reads. */
export interface ManifestFacts {
  /** Workspace-relative. */
  readonly path: string;
  /** True if it names an image of the workspace. */
  readonly namesImage: boolean;
}

/** What may stand beside manifests without making their folder anything else. */
const besides = /(?:\.(?:ya?ml|json|md|env|conf|properties|txt|tpl|toml)|\/(?:Kustomization|LICENSE|\.\w+))$/;
const others = /\/(?:package|nx|tsconfig[^/]*)\.json$/;

/**
 * Finds the folders whose manifests are to be kept up to date: the highest that hold nothing else. A manifest in the
 * root stands for itself.
 *
 * @param paths All files of the workspace.
 */
export function kubernetesFolders(
  manifests: readonly ManifestFacts[],
  paths: readonly string[],
): { readonly folders: readonly string[]; readonly withoutImages: readonly string[] } {
  const byFolder = new Map<string, boolean>();
  for (const { path, namesImage } of manifests) {
    const folder = path.includes('/') ? climb(folderOf(path), paths) : path;
    byFolder.set(folder, (byFolder.get(folder) ?? false) || namesImage);
  }
  const isBelow = (folder: string) => [...byFolder.keys()].some((other) => folder.startsWith(`${other}/`));
  const named = [...byFolder].filter(([folder]) => !isBelow(folder));
  const namesImage = (folder: string) =>
    [...byFolder].some(([other, names]) => names && (other === folder || other.startsWith(`${folder}/`)));
  const folders = named.map(([folder]) => folder).sort();
  return {
    folders: folders.filter(namesImage),
    withoutImages: folders.filter((folder) => !namesImage(folder)),
  };
}

/** Goes up while there is nothing but manifests and what belongs to them. */
function climb(folder: string, paths: readonly string[]): string {
  const parent = folderOf(folder);
  if (parent === '.') return folder;
  const inside = paths.filter((path) => path.startsWith(`${parent}/`));
  const isPure = inside.every((path) => besides.test(path) && !others.test(path));
  return isPure ? climb(parent, paths) : folder;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';
}
