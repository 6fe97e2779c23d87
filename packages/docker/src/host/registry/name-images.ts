import {
  type BranchFacts,
  commitTag,
  guardTag,
  inputsTag,
  type Refusal,
} from '../../core/registry/guard-tag.js';
import type { MergedManifest } from '../../core/registry/merge-platforms.js';
import { eachLimited } from '../each-limited.js';
import type { Registry } from './open-registry.js';
import { putReference } from './put-reference.js';

/** An image that is in its registry and can be named. */
export interface NameableImage {
  readonly registry: Registry;
  /** Its platforms in one. */
  readonly manifest: MergedManifest;
  /** What it was built from, where others are to find it by that: CI alone says so, of what it built of a commit. */
  readonly inputs?: {
    readonly digest: string;
    /** Somebody else's image of the same inputs stays, unless this one was built to take its place. */
    readonly takesPlace: boolean;
  };
}

export interface NamingOptions<T extends NameableImage> {
  /** The commit that is published. */
  readonly head: string;
  readonly gitTag?: string;
  /** Asks where the commit stands on its branch now; left out where no branch is published. */
  readonly readBranch?: () => Promise<BranchFacts>;
  /** The user's tags for an image. */
  readonly tagsOf: (image: T) => readonly string[];
  /** Called for each image when all are in their registries, and before anything says that they are published. */
  readonly sign?: (image: T) => Promise<void>;
}

export type Named<T extends NameableImage> = T & {
  /** The user's tags that it has, the most important one first, then the marks. */
  readonly tags: readonly string[];
  readonly refusals: readonly TagRefusal[];
};

/** A tag that stays where it is, or was moved on by somebody else. */
export interface TagRefusal extends Refusal {
  readonly tag: string;
}

/**
 * Names images in steps, each for all images before the next: the mark of what they were built from, their signatures,
 * the mark of their commit, then the user's tags, as far as they may move. What breaks off in between can be run again.
 */
export async function nameImages<T extends NameableImage>(
  images: readonly T[],
  options: NamingOptions<T>,
): Promise<Named<T>[]> {
  const settled = await eachLimited(images, markInputs);
  const { sign } = options;
  // Few at a time: each is a process with questions of its own.
  if (sign) await eachLimited(settled, sign, 4);
  const mark = commitTag(options.head);
  await eachLimited(settled, ({ registry, manifest }) => putReference(registry, mark, manifest));
  const before = await options.readBranch?.();
  const moved = await eachLimited(settled, (image) => moveTags(image, options, before));
  // Another run may have published a newer commit between question and answer: its mark was there before its names.
  const after = await options.readBranch?.();
  return eachLimited(moved, (image) => moveBack(image, options, after));
}

/** One set of inputs has one digest. */
async function markInputs<T extends NameableImage>(image: T): Promise<T> {
  const { inputs, registry, manifest } = image;
  if (!inputs) return image;
  const tag = inputsTag(inputs.digest);
  if (!inputs.takesPlace) {
    const other = await registry.get(tag);
    if (other) return { ...image, manifest: other };
  }
  for (const reference of [manifest.digest, tag]) await putReference(registry, reference, manifest);
  return image;
}

async function moveTags<T extends NameableImage>(
  image: T,
  options: NamingOptions<T>,
  branch: BranchFacts | undefined,
): Promise<Named<T>> {
  const wanted = options.tagsOf(image);
  const refusals = await refusalsOf(wanted, image, { ...options, branch });
  const tags = wanted.filter((tag) => !refusals.some((refusal) => refusal.tag === tag));
  for (const tag of tags) await putReference(image.registry, tag, image.manifest);
  const marks = [commitTag(options.head), ...(image.inputs ? [inputsTag(image.inputs.digest)] : [])];
  return { ...image, tags: [...tags, ...marks], refusals };
}

async function moveBack<T extends NameableImage>(
  image: Named<T>,
  options: NamingOptions<T>,
  branch: BranchFacts | undefined,
): Promise<Named<T>> {
  const { registry, tags, refusals } = image;
  const wanted = options.tagsOf(image).filter((tag) => tags.includes(tag));
  const late = await refusalsOf(wanted, image, { ...options, branch });
  for (const { tag, instead } of late) {
    const right = instead === undefined ? undefined : await registry.get(instead);
    if (right) await putReference(registry, tag, right);
  }
  return {
    ...image,
    tags: tags.filter((tag) => !late.some((refusal) => refusal.tag === tag)),
    refusals: [...refusals, ...late],
  };
}

async function refusalsOf<T extends NameableImage>(
  tags: readonly string[],
  { registry }: T,
  { head, gitTag, branch }: NamingOptions<T> & { readonly branch: BranchFacts | undefined },
): Promise<TagRefusal[]> {
  if (tags.length === 0) return [];
  const held = await registry.listTags();
  const facts = { head, held, ...(branch && { branch }), ...(gitTag !== undefined && { gitTag }) };
  return tags.flatMap((tag) => {
    const refusal = guardTag(tag, facts);
    return refusal ? [{ tag, ...refusal }] : [];
  });
}
