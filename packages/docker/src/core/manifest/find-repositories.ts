import { type ImageRef, parseImageRef } from '../image/parse-image-ref.js';

/**
 * Prepares a search for repositories in texts that nobody has parsed: manifests, values, templates of charts. It finds
 * every repository that a parser would find and now and then one more: a name counts wherever it stands, with any tag.
 * `ghcr.io/acme/api` is found in full, as `acme/api` without a registry, in parts under `registry:` and `repository:`,
 * and behind a registry that a program fills in. It is not found in `ghcr.io/acme/api-worker` or `other.io/acme/api`.
 *
 * @param repositories Without tags; as they were given they are returned.
 * @returns A function that gives the repositories of a text. It takes the same time for one and for a thousand.
 */
export function searchRepositories(repositories: Iterable<string>): (text: string) => string[] {
  const byLast = new Map<string, Wanted[]>();
  for (const repository of new Set(repositories)) {
    const { ref } = parseImageRef(repository);
    if (!ref) continue;
    const parts = ref.path.split('/');
    const last = parts.at(-1) ?? '';
    const wanted = { repository, domains: domainsOf(ref), parts };
    byLast.set(last, [...(byLast.get(last) ?? []), wanted]);
  }
  return (text) => findWanted(text.replaceAll('\\/', '/'), byLast);
}

interface Wanted {
  readonly repository: string;
  /** What may stand before the path, with its slash; an empty text where it needs no registry. */
  readonly domains: readonly string[];
  readonly parts: readonly string[];
}

function domainsOf({ domain }: ImageRef): string[] {
  return domain === 'docker.io' ? ['docker.io/', 'index.docker.io/', ''] : [`${domain}/`];
}

/** One part of a repository's path, as long as it can be. */
const part = /[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*/g;

function findWanted(text: string, byLast: ReadonlyMap<string, readonly Wanted[]>): string[] {
  const found = new Set<string>();
  for (const { 0: word, index } of text.matchAll(part)) {
    const candidates = byLast.get(word);
    if (!candidates || !isNameEnd(text, index + word.length)) continue;
    for (const wanted of candidates) {
      if (!found.has(wanted.repository) && isNamed(text, index, wanted)) found.add(wanted.repository);
    }
  }
  return [...found];
}

/** Behind a name stands a tag, a digest or the end of a value; `api: …` is a key. */
function isNameEnd(text: string, end: number): boolean {
  return !/^(?:[\w/-]|:(?:\s|$))/.test(text.slice(end, end + 2));
}

/** @param start Of the last part of a path that is known to be the right one. */
function isNamed(text: string, start: number, { domains, parts }: Wanted): boolean {
  let at = start;
  let left = parts.length - 1;
  while (left > 0 && endsWith(text, at, `${parts[left - 1]}/`)) {
    left--;
    at -= (parts[left]?.length ?? 0) + 1;
  }
  const isWhole = left === 0;
  const isInRegistry = (domain: string) =>
    endsWith(text, at, domain) && isNameStart(text, at - domain.length);
  if (isWhole && domains.some(isInRegistry)) return true;
  if (filledIn.test(text.slice(Math.max(0, at - 100), at))) return true;
  if (!isNameStart(text, at)) return false;
  // Where the registry stands may be another file.
  if (isWhole && parts.length > 1) return true;
  return domains
    .map((domain) => `${domain}${parts.slice(0, left).join('/')}`.replace(/\/$/, ''))
    .some((registry) => registry === 'library' || holdsAlone(text, registry));
}

/** The end of what a program fills in: `{{ .Values.registry }}/`, `$(REGISTRY)/`, `$REGISTRY/`. */
const filledIn = /(?:[})\]>]|\$\w+)\/$/;

function endsWith(text: string, end: number, ending: string): boolean {
  return end >= ending.length && text.startsWith(ending, end - ending.length);
}

/** A name starts a value, or follows a scheme: `oci://ghcr.io/acme/api`. */
function isNameStart(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  return before.endsWith('//') || !/[\w./-]$/.test(before);
}

/** True for `registry: ghcr.io/acme`, and not for the start of `ghcr.io/acme/web`. */
function holdsAlone(text: string, name: string): boolean {
  for (let index = text.indexOf(name); index >= 0; index = text.indexOf(name, index + 1)) {
    const after = text.slice(index + name.length, index + name.length + 2);
    if (isNameStart(text, index) && !/^(?:[\w-]|[./][\w])/.test(after)) return true;
  }
  return false;
}
