import { isMap, isScalar } from 'yaml';
import { documentLayer } from './document-layer.js';
import { parseDocuments } from './parse-documents.js';
import { listOf, type MapAt, resolve, scalarText, textOf } from './yaml-nodes.js';

/** Which kustomizations take which files. Paths are workspace-relative. */
export interface KustomizeTree {
  /** The kustomizations that take a file, through others or not; those nearer to the file first. */
  includedIn(file: string): readonly string[];
  /** Those that no other takes: what is applied to a cluster. */
  readonly roots: readonly string[];
}

/** @param texts The workspace's kustomization files, by path. */
export function kustomizeTree(texts: ReadonlyMap<string, string>): KustomizeTree {
  const parents = new Map<string, string[]>();
  for (const [file, text] of texts)
    for (const path of takenPaths(text, file)) {
      const taken = texts.has(path)
        ? path
        : (kustomizationNames.map((name) => `${path}/${name}`).find((each) => texts.has(each)) ?? path);
      parents.set(taken, [...(parents.get(taken) ?? []), file]);
    }
  function includedIn(file: string): string[] {
    const found: string[] = [];
    let level = [file];
    while (level.length > 0) {
      level = [...new Set(level.flatMap((each) => parents.get(each) ?? []))].filter(
        (each) => !found.includes(each),
      );
      found.push(...level);
    }
    return found;
  }
  return { includedIn, roots: [...texts.keys()].filter((file) => !parents.has(file)) };
}

/** The names that kustomize knows. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export function isKustomizationFile(file: string): boolean {
  return kustomizationNames.includes(file.slice(file.lastIndexOf('/') + 1));
}

/** What a kustomization takes from the workspace: files and folders of resources, components and patches. */
function takenPaths(text: string, file: string): string[] {
  const { documents } = parseDocuments(text, file);
  return documents.flatMap((document) => {
    const map = document.contents;
    if (!isMap(map) || !documentLayer(document, file).isKustomization) return [];
    const at: MapAt = { map, path: '', document };
    const names = ['resources', 'bases', 'components', 'patchesStrategicMerge', 'patches', 'patchesJson6902'];
    return names.flatMap((name) => takenBy(at, name)).map((path) => join(file, path));
  });
}

function takenBy(at: MapAt, name: string): string[] {
  return (listOf(at, name)?.items ?? []).flatMap((item) => {
    const node = resolve(item, at.document);
    if (isMap(node)) return textOf({ ...at, map: node }, 'path') ?? [];
    const text = isScalar(node) ? scalarText(node) : '';
    return text === '' || /:\/\/|\n/.test(text) ? [] : [text];
  });
}

/** A path beside a file; `..` above the workspace is kept, so that it names nothing. */
function join(file: string, path: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
