import {
  type BranchFacts,
  commitTag,
  guardTag,
  inputsTag,
  type Refusal,
} from '../core/registry/guard-tag.js';
import { eachLimited } from '../host/each-limited.js';
import type { Registry } from '../host/registry/open-registry.js';
import type { ReadyImage } from './collect-images.js';

export interface NamingOptions {
  /** The commit that is published. */
  readonly head: string;
  readonly gitTag?: string;
  /** Asks where the commit stands on its branch now; left out where no branch is published. */
  readonly readBranch?: () => Promise<BranchFacts>;
  /** The user's tags for an image. */
  readonly tagsOf: (image: ReadyImage) => readonly string[];
}

export interface NamedImage extends ReadyImage {
  /** The user's tags that it has, the most important one first, then the marks. */
  readonly tags: readonly string[];
  readonly refusals: readonly TagRefusal[];
}

/** A tag that stays where it is, or was moved on by somebody else. */
export interface TagRefusal extends Refusal {
  readonly tag: string;
}

/**
 * Names images in three steps, each for all images before the next: the mark of what they were built from, the mark
 * of their commit, then the user's tags, as far as they may move. What breaks off in between can be run again.
 */
export async function nameImages(
  images: readonly ReadyImage[],
  options: NamingOptions,
): Promise<NamedImage[]> {
  const settled = await eachLimited(images, markInputs);
  const mark = commitTag(options.head);
  await eachLimited(settled, ({ registry, manifest }) => putReference(registry, mark, manifest));
  const before = await options.readBranch?.();
  const moved = await eachLimited(settled, (image) => moveTags(image, options, before));
  // Another run may have published a newer commit between question and answer: its mark was there before its names.
  const after = await options.readBranch?.();
  return eachLimited(moved, (image) => moveBack(image, options, after));
}

/**
 * Where somebody else has published the same inputs since the plan, theirs is the image: one set of inputs has one
 * digest. An image that the plan builds although it was there is built to take its place.
 */
async function markInputs(image: ReadyImage): Promise<ReadyImage> {
  const { planned, registry, manifest } = image;
  const tag = inputsTag(planned.inputDigest);
  if (planned.publishedDigest === undefined) {
    const other = await registry.get(tag);
    if (other) return { ...image, manifest: other };
  }
  for (const reference of [manifest.digest, tag]) await putReference(registry, reference, manifest);
  return image;
}

async function moveTags(
  image: ReadyImage,
  options: NamingOptions,
  branch: BranchFacts | undefined,
): Promise<NamedImage> {
  const wanted = options.tagsOf(image);
  const refusals = await refusalsOf(wanted, image, { ...options, branch });
  const tags = wanted.filter((tag) => !refusals.some((refusal) => refusal.tag === tag));
  for (const tag of tags) await putReference(image.registry, tag, image.manifest);
  const marks = [commitTag(options.head), inputsTag(image.planned.inputDigest)];
  return { ...image, tags: [...tags, ...marks], refusals };
}

async function moveBack(
  image: NamedImage,
  options: NamingOptions,
  branch: BranchFacts | undefined,
): Promise<NamedImage> {
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

async function refusalsOf(
  tags: readonly string[],
  { registry }: ReadyImage,
  { head, gitTag, branch }: NamingOptions & { readonly branch: BranchFacts | undefined },
): Promise<TagRefusal[]> {
  if (tags.length === 0) return [];
  const held = await registry.listTags();
  const facts = { head, held, ...(branch && { branch }), ...(gitTag !== undefined && { gitTag }) };
  return tags.flatMap((tag) => {
    const refusal = guardTag(tag, facts);
    return refusal ? [{ tag, ...refusal }] : [];
  });
}

/** Not written where it is there already: some registries let no tag be written twice. */
async function putReference(
  registry: Registry,
  reference: string,
  { digest, bytes, mediaType }: { digest: string; bytes: Uint8Array; mediaType: string },
): Promise<void> {
  if ((await registry.head(reference))?.digest !== digest) await registry.put(reference, bytes, mediaType);
}
