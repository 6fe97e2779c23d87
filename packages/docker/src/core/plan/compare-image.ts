import type { TreeChange } from './compare-trees.js';
import type { ImageState } from './image-state.js';
import { quotePath } from './quote-path.js';

/**
 * Says in one line why an image has to be built again, or nothing where all that it is built from is the same. The
 * images it is built from are not looked at.
 *
 * What reads which files is told by the Dockerfile, its ignore files and the settings. Where these are the same, a
 * file that is in both commits is read in both or in none, unless symlinks changed, so that what the base reads has to be
 * known for deleted files and for symlinks only.
 */
export function compareImage(
  base: ImageState | undefined,
  head: ImageState,
  changes: readonly TreeChange[],
): string | undefined {
  if (!base) return 'new image';
  const setting = differingSetting(base.settings, head.settings);
  if (changes.length === 0) return setting && `${setting} changed`;
  const headFiles = head.files();
  const askBase = changes.some(({ kind, isLink }) => kind === 'deleted' || isLink);
  const baseFiles = askBase ? base.files() : undefined;
  const hits = changes.flatMap((change) => {
    const { path } = change;
    const files = [headFiles, baseFiles].find((each) => each?.has(path));
    if (files) return [{ change, why: files.readBy(path) }];
    const why = head.countsBy(path);
    return why === undefined ? [] : [{ change, why }];
  });
  const dockerfile = hits.find(({ change }) => change.path === head.dockerfile);
  if (setting !== undefined && !dockerfile) return `${setting} changed`;
  const first = dockerfile ?? hits[0];
  if (!first) return undefined;
  const others = hits.filter(({ change }) => change.path !== first.change.renamed).length - 1;
  const why = first.why === undefined ? '' : ` (${first.why})`;
  return `${describeChange(first.change)}${why}${others > 0 ? ` and ${others} more` : ''}`;
}

function differingSetting(
  base: ReadonlyMap<string, string>,
  head: ReadonlyMap<string, string>,
): string | undefined {
  return [...new Set([...head.keys(), ...base.keys()])].find((name) => base.get(name) !== head.get(name));
}

function describeChange({ path, kind, renamed }: TreeChange): string {
  const name = quotePath(path);
  if (renamed !== undefined)
    return kind === 'deleted'
      ? `${name} was renamed to ${quotePath(renamed)}`
      : `${quotePath(renamed)} was renamed to ${name}`;
  const words = { added: 'is new', changed: 'changed', deleted: 'was deleted', mode: 'changed its mode' };
  return `${name} ${words[kind]}`;
}
