/**
 * Image references by the grammar of https://github.com/distribution/reference:
 *
 * ```text
 * reference      = name [ ":" tag ] [ "@" digest ]
 * name           = [ domain "/" ] component { "/" component }
 * domain         = host [ ":" digit+ ]
 * host           = label { "." label } | "[" ( hex | ":" )+ "]"
 * label          = alnum { "-" | alnum } ending in alnum        (either case)
 * component      = lower { separator lower }                    lower = [a-z0-9]+
 * separator      = "." | "_" | "__" | "-"+
 * tag            = [A-Za-z0-9_] { [A-Za-z0-9_.-] }              at most 128
 * digest         = algorithm ":" hex{32,}
 * ```
 *
 * A name without a registry is on Docker Hub: `node` is `docker.io/library/node`. The first part is a
 * registry if it is `localhost`, has a `.` or `:`, or an upper-case letter.
 */

export interface ImageRef {
  /** The registry with its port: `docker.io`, `localhost:5000`; empty where the text names none. */
  readonly domain: string;
  /** The repository in the registry: `library/node`. */
  readonly path: string;
  readonly tag?: string;
  /** `sha256:` and 64 lower-case hexadecimal digits. */
  readonly digest?: string;
}

/** The reference, or why the text is none. */
export type ImageRefResult =
  | { readonly ref: ImageRef; readonly reason?: undefined }
  | { readonly ref?: undefined; readonly reason: string };

/** Parses what people and Dockerfiles write; Docker Hub's registry and `library/` are filled in. */
export function parseImageRef(text: string): ImageRefResult {
  if (isImageId(text)) return { reason: `${text} is an image ID, not a name` };
  const { domain, rest } = splitDomain(text);
  const path = until(rest, ':');
  if (path !== path.toLowerCase()) return { reason: `the repository name ${path} must be lower-case` };
  return parseImageRefAsWritten(`${domain}/${rest}`);
}

/** Parses without filling anything in: `node` has an empty domain, and `library/node` is on `library`. */
export function parseImageRefAsWritten(text: string): ImageRefResult {
  const [named, digest] = cut(text, '@');
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const name = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const split = splitName(name);
  if (!split || (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag))) return { reason: whyMalformed(text) };
  if (split.path.length > 255) return { reason: 'the repository name is longer than 255 characters' };
  if (digest === undefined) return { ref: { ...split, ...(tag !== undefined && { tag }) } };
  const reason = whyNoDigest(digest);
  if (reason !== undefined) return { reason };
  return { ref: { ...split, ...(tag !== undefined && { tag }), digest } };
}

/** As {@link parseImageRef}, but takes image IDs and bare digests too: those have only a digest. */
export function parseImageRefOrId(text: string): ImageRefResult {
  if (isImageId(text)) return { ref: { domain: '', path: '', digest: `sha256:${text}` } };
  if (whyNoDigest(text) === undefined) return { ref: { domain: '', path: '', digest: text } };
  return parseImageRef(text);
}

function isImageId(text: string): boolean {
  return /^[a-f0-9]{64}$/.test(text);
}

function splitDomain(text: string): { domain: string; rest: string } {
  const [first, rest] = cut(text, '/');
  if (rest === undefined) return { domain: 'docker.io', rest: `library/${text}` };
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  if (!isDomain) return { domain: 'docker.io', rest: text };
  if (first !== 'docker.io' && first !== 'index.docker.io') return { domain: first, rest };
  return { domain: 'docker.io', rest: rest.includes('/') ? rest : `library/${rest}` };
}

function splitName(name: string): { domain: string; path: string } | undefined {
  const [first, rest] = cut(name, '/');
  if (rest !== undefined && isDomain(first)) return isPath(rest) ? { domain: first, path: rest } : undefined;
  return isPath(name) ? { domain: '', path: name } : undefined;
}

function isDomain(text: string): boolean {
  const [, host, port] = /^(\[[a-fA-F0-9:]+\]|[^:]*)(:.*)?$/s.exec(text) ?? [];
  if (host === undefined || (port !== undefined && !/^:\d+$/.test(port))) return false;
  return (
    host.startsWith('[') || host.split('.').every((label) => /^[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*$/.test(label))
  );
}

function isPath(text: string): boolean {
  return text.split('/').every((part) => /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/.test(part));
}

function whyMalformed(text: string): string {
  if (text === '') return 'the text is empty';
  const lower = text.toLowerCase();
  if (lower !== text && parseImageRefAsWritten(lower).ref) return 'the repository name must be lower-case';
  return `${JSON.stringify(text)} does not have the form [registry/]name[:tag][@digest]`;
}

function whyNoDigest(text: string): string | undefined {
  if (/^sha256:[a-f0-9]{64}$/.test(text)) return undefined;
  if (!text.startsWith('sha256:')) return `the digest ${text} is not a sha256 digest`;
  return `the digest ${text} does not have 64 lower-case hexadecimal digits`;
}

function until(text: string, separator: string): string {
  return cut(text, separator)[0];
}

function cut(text: string, separator: string): [before: string, after?: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
