import { formatImageName } from '../image/format-image-ref.js';
import { parseImageRef } from '../image/parse-image-ref.js';

/** The parts of a reference as they are spelled; an empty tag or digest is absent. */
export interface LooseRef {
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

/**
 * Splits what a manifest holds into its parts. Only the name must be valid: placeholders such as `api:TAG_HERE!` and
 * cut digests are replaced by `k8s set` like any other tag.
 */
export function splitRef(text: string): LooseRef {
  const at = text.indexOf('@');
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  return withoutEmpty({
    name: colon < 0 ? named : named.slice(0, colon),
    tag: colon < 0 ? '' : named.slice(colon + 1),
    digest: at < 0 ? '' : text.slice(at + 1),
  });
}

/** The opposite of {@link splitRef}. */
export function joinRef({ name, tag = '', digest = '' }: Partial<LooseRef>): string {
  return `${name ?? ''}${tag && `:${tag}`}${digest && `@${digest}`}`;
}

/** `docker.io/library/node` for `node` and `node:20`; nothing where the name is none. */
export function repositoryOf(text: string): string | undefined {
  const { ref } = parseImageRef(splitRef(text).name);
  return ref && formatImageName(ref);
}

/** True for two spellings of one reference, and for one digest under two tags: it is the same image. */
export function isSameReference(one: string, other: string): boolean {
  const [a, b] = [splitRef(one), splitRef(other)];
  if (repositoryOf(one) !== repositoryOf(other)) return false;
  if (a.digest !== undefined && a.digest === b.digest) return true;
  return a.tag === b.tag && a.digest === b.digest;
}

/** True for texts that a program fills in: Helm's `{{ }}`, a shell's `${}`, Kustomize's and Tekton's `$()`. */
export function isTemplate(text: string): boolean {
  return /\{\{|\$[{(\w]|<%|\[\[/.test(text);
}

function withoutEmpty({ name, tag, digest }: Record<'name' | 'tag' | 'digest', string>): LooseRef {
  return { name, ...(tag && { tag }), ...(digest && { digest }) };
}
