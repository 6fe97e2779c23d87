import { join } from 'node:path';
import type { Problem } from '../../core/errors.js';
import { findImages } from '../../core/manifest/find-images.js';
import { kustomizeTree } from '../../core/manifest/kustomize-tree.js';
import { isSameReference } from '../../core/manifest/loose-ref.js';
import type { Kustomize } from '../../host/find-kustomize.js';

export interface KustomizeProofOptions {
  readonly root: string;
  readonly kustomize: Kustomize;
  /** Texts of all kustomizations by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** The files among which references are set: kustomizations elsewhere have versions of their own. */
  readonly files: readonly string[];
  /** What will be written: references by normalised repository, for each file. */
  readonly written: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/**
 * Builds every kustomization that takes a file which is about to be written, and returns a function that builds them
 * again afterwards: what they give must then name what was written.
 */
export async function openKustomizeProof(options: KustomizeProofOptions): Promise<() => Promise<Problem[]>> {
  const { root, kustomize } = options;
  const targets = proofTargets(options);
  const before = await eachOf(targets, ({ file }) => kustomize.build(folderOf(root, file)));
  return async () => {
    const after = await eachOf(targets, async (target, index): Promise<Problem[]> => {
      const reason = before[index]?.reason;
      if (reason !== undefined) return [notBuilt(target, kustomize, reason)];
      const built = await kustomize.build(folderOf(root, target.file));
      if (built.text === undefined) return [broken(target, kustomize, built.reason)];
      return compare(target, built.text, kustomize);
    });
    return after.flat();
  };
}

interface Target {
  readonly file: string;
  readonly wanted: ReadonlyMap<string, string>;
}

function proofTargets({ texts, files, written }: KustomizeProofOptions): Target[] {
  const tree = kustomizeTree(texts);
  const targets = new Map<string, Map<string, string>>();
  for (const [file, references] of written)
    for (const kustomization of [file, ...tree.includedIn(file)]) {
      const text = texts.get(kustomization);
      // A component is built only as part of another.
      if (text === undefined || /^kind: *Component\b/m.test(text) || !files.includes(kustomization)) continue;
      targets.set(kustomization, new Map([...(targets.get(kustomization) ?? []), ...references]));
    }
  return [...targets].map(([file, wanted]) => ({ file, wanted }));
}

function compare({ file, wanted }: Target, text: string, { name }: Kustomize): Problem[] {
  const { fields } = findImages(text, { file });
  return [...wanted].flatMap(([repository, reference]) => {
    const found = fields.filter((field) => field.repository === repository);
    const other = found.find((field) => !isSameReference(field.reference, reference));
    if (other) return [hidden(file, `${name} gives ${other.reference}, not ${reference}`, 'error')];
    return found.length > 0 ? [] : [hidden(file, `${name} gives no ${repository} at all`, 'warning')];
  });
}

function hidden(file: string, message: string, severity: Problem['severity']): Problem {
  return {
    code: 'REFERENCE_HIDDEN',
    severity,
    message,
    fix: 'look for a patch or a replacement that names the image, and remove it there',
    place: { file, line: 1, column: 1 },
  };
}

function broken({ file }: Target, { name }: Kustomize, reason: string): Problem {
  return {
    code: 'MANIFEST_UNEDITABLE',
    severity: 'error',
    message: `${name} could build this before and not with the new references: ${reason}`,
    fix: 'write the references by hand and build it, to see what it does not take',
    place: { file, line: 1, column: 1 },
  };
}

function notBuilt({ file }: Target, { name }: Kustomize, reason: string): Problem {
  return {
    code: 'REFERENCE_HIDDEN',
    severity: 'warning',
    message: `${name} cannot build this, so nothing is known of what it gives: ${reason}`,
    fix: 'correct it until it can be built',
    place: { file, line: 1, column: 1 },
  };
}

function folderOf(root: string, file: string): string {
  return join(root, file, '..');
}

/** One after the other: each may fetch a base. */
async function eachOf<Item, Result>(
  items: readonly Item[],
  run: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) results.push(await run(item, index));
  return results;
}
