import type { ImageField } from './image-field.js';
import type { KustomizeTree } from './kustomize-tree.js';

/** A field of one of several files. */
export interface FileField extends ImageField {
  /** The folders that its application applies; nothing where it is in none. */
  readonly applies?: readonly string[];
}

/**
 * Finds the field that decides, for each that another one replaces: an application's over a kustomization's over a
 * manifest's. What a cluster gets is what the winner says.
 */
export function findWinners(fields: readonly FileField[], tree: KustomizeTree): Map<FileField, FileField> {
  const entries = fields.filter(({ form }) => form === 'kustomize' || form === 'override');
  const winners = new Map<FileField, FileField>();
  for (const field of fields) {
    const winner = findWinner(field, { fields, entries, tree });
    if (winner) winners.set(field, winner);
  }
  return winners;
}

interface Workspace {
  readonly fields: readonly FileField[];
  readonly entries: readonly FileField[];
  readonly tree: KustomizeTree;
}

function findWinner(field: FileField, { fields, entries, tree }: Workspace): FileField | undefined {
  if (field.layer === 'application') return undefined;
  const { file } = field.place;
  if (field.layer === 'values') return fields.find((each) => setsValues(each, field));
  const chain = tree.includedIn(file);
  const own = field.layer === 'kustomization' ? [file] : [];
  const folders = [file, ...own, ...chain].map(folderOf);
  let last = field;
  for (const kustomization of chain) {
    const next = entries.find(
      ({ place, layer, replaces }) =>
        layer === 'kustomization' && place.file === kustomization && replaces === last.repository,
    );
    if (next) last = next;
  }
  const override = entries.find(
    ({ layer, replaces, applies = [] }) =>
      layer === 'application' &&
      (replaces === last.repository || replaces === last.replaces) &&
      applies.some((path) => folders.includes(path)),
  );
  const winner = override ?? last;
  return winner === field ? undefined : winner;
}

/** Parameters and values of an application stand above the values of the chart that it applies. */
function setsValues(application: FileField, { repository, place }: FileField): boolean {
  return (
    application.layer === 'application' &&
    application.form === 'map' &&
    application.repository === repository &&
    (application.applies ?? []).some((path) => place.file.startsWith(`${path}/`))
  );
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
}
