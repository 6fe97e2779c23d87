import type { ImageRef } from './parse-image-ref.js';

/** The reference in full: `docker.io/library/node:20`. */
export function formatImageRef(ref: ImageRef): string {
  const name = formatImageName(ref);
  if (name === '') return ref.digest ?? '';
  const tag = ref.tag === undefined ? '' : `:${ref.tag}`;
  return ref.digest === undefined ? `${name}${tag}` : `${name}${tag}@${ref.digest}`;
}

/** Registry and repository without tag and digest: `docker.io/library/node`. */
export function formatImageName({ domain, path }: ImageRef): string {
  return domain === '' ? path : `${domain}/${path}`;
}

/** As people write it: Docker Hub's registry and `library/` are left out, `node:20`. */
export function familiarImageRef(ref: ImageRef): string {
  if (ref.domain !== 'docker.io') return formatImageRef(ref);
  const path = /^library\/[^/]+$/.test(ref.path) ? ref.path.slice('library/'.length) : ref.path;
  return formatImageRef({ ...ref, domain: '', path });
}

/**
 * What an engine pulls: the digest alone where there is one (the tag is then only a comment), and `latest`
 * where there is neither, as `ParseDockerRef` of distribution/reference.
 */
export function resolveImageRef({ domain, path, tag, digest }: ImageRef): ImageRef {
  return digest === undefined ? { domain, path, tag: tag ?? 'latest' } : { domain, path, digest };
}
