import { familiarImageRef } from './format-image-ref.js';
import { parseImageRef } from './parse-image-ref.js';
import { formatPlatform, type Platform, parsePlatform } from './platform.js';

/** What replaces an image or a stage: `--build-context name=value`. */
export interface NamedContext {
  /** As it was given, for reports. */
  readonly key: string;
  readonly kind: 'local' | 'image' | 'git' | 'http' | 'other';
  /** The image reference, the URL or the folder. */
  readonly value: string;
}

export type NamedContexts = ReadonlyMap<string, NamedContext>;

/**
 * Reads named contexts as `docker buildx build --build-context` takes them: a folder, `docker-image://…`,
 * `oci-layout://…`, a git or HTTP URL, and `target:…` of bake. A key `name::platform` is for one platform.
 */
export function readNamedContexts(contexts: Readonly<Record<string, string>>, host: Platform): NamedContexts {
  const result = new Map<string, NamedContext>();
  for (const [key, text] of Object.entries(contexts)) {
    const [name = '', platformText] = key.split('::');
    const platform = platformText === undefined ? undefined : parsePlatform(platformText, host);
    const suffix = platform ? `::${formatPlatform(platform)}` : '';
    result.set(`${contextName(name)}${suffix}`, { key, ...readValue(text) });
  }
  return result;
}

/** Finds what replaces an image or a stage; a context for the platform wins over one for all. */
export function findNamedContext(
  contexts: NamedContexts,
  name: string,
  platform: Platform,
): NamedContext | undefined {
  const lower = name.toLowerCase();
  if (contexts.size === 0 || lower === 'scratch' || lower === 'context') return undefined;
  const plain = contextName(name);
  return contexts.get(`${plain}::${formatPlatform(platform)}`) ?? contexts.get(plain);
}

/** `base`, `base:latest` and `docker.io/library/base` are one name, `base:3` is another. */
function contextName(name: string): string {
  const { ref } = parseImageRef(name);
  return ref ? familiarImageRef(ref).replace(/:latest$/, '') : name;
}

function readValue(text: string): Pick<NamedContext, 'kind' | 'value'> {
  const [, scheme = '', rest = ''] = /^([\w-]+):(?:\/\/)?(.*)$/s.exec(text) ?? [];
  if (scheme === 'docker-image') return { kind: 'image', value: rest };
  if (scheme === 'local') return { kind: 'local', value: rest };
  if (scheme === 'oci-layout' || scheme === 'target' || scheme === 'input')
    return { kind: 'other', value: rest };
  if (/^(?:git@|git:\/\/|ssh:\/\/)/.test(text)) return { kind: 'git', value: text };
  if (!/^https?:\/\//.test(text)) return { kind: 'local', value: text };
  return { kind: /^[^?#]*\.git(?:[?#]|$)/.test(text) ? 'git' : 'http', value: text };
}
