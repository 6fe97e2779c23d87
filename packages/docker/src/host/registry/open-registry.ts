import { createHash } from 'node:crypto';
import { DockerPluginError } from '../../core/errors.js';
import { acceptedManifests, isManifestType } from '../../core/registry/media-types.js';
import { nextPage } from '../../core/registry/next-page.js';
import { registryAddress } from '../../core/registry/registry-address.js';
import { registryBusy, registryFailed } from '../../core/registry/registry-problem.js';
import { openConnection } from './open-connection.js';
import { defaultPatience, type Patience, type RegistryAnswer } from './send-request.js';

/** One repository of a registry. A reference is a tag or a digest. */
export interface Registry {
  /** As it was given: `ghcr.io/acme/api`. */
  readonly repository: string;
  /** What the registry holds under a reference, without reading it; `undefined` where there is nothing. */
  head(reference: string): Promise<ManifestHead | undefined>;
  /** The manifest or index under a reference; `undefined` where there is none. */
  get(reference: string): Promise<RegistryManifest | undefined>;
  /** Writes a manifest or index under a tag or its own digest and returns its digest. The same bytes do no harm. */
  put(reference: string, bytes: Uint8Array, mediaType: string): Promise<string>;
  /** Reads a blob by its digest, such as the configuration of an image; `undefined` where there is none. */
  blob(digest: string): Promise<Buffer | undefined>;
  /** Throws REGISTRY_DENIED where nothing may be pushed. Nothing is left behind. */
  requirePush(): Promise<void>;
  /** All tags, in the registry's order; none where there is no such repository yet. */
  listTags(): Promise<string[]>;
}

export interface ManifestHead {
  /** `sha256:…` of the bytes. */
  readonly digest: string;
  readonly mediaType: string;
}

export interface RegistryManifest extends ManifestHead {
  readonly bytes: Buffer;
}

const digestPattern = /^sha256:[0-9a-f]{64}$/;

/**
 * Opens a repository by the API of https://github.com/opencontainers/distribution-spec. Nothing is asked before it has
 * to be; who asks is known from the engine's own login. All methods throw DockerPluginError: REGISTRY_DENIED where the
 * registry refuses, REGISTRY_FAILED where it does not answer or answers with something else.
 *
 * @param repository Registry and repository, without a tag.
 * @throws DockerPluginError OPTIONS_INVALID for what is no repository.
 */
export function openRegistry(repository: string, patience: Patience = defaultPatience): Registry {
  const address = registryAddress(repository);
  const connection = openConnection(address, patience);
  const base = `${address.origin}/v2/${address.path}`;
  const accept = { accept: acceptedManifests };

  async function head(reference: string): Promise<ManifestHead | undefined> {
    const answer = await connection.ask('pull', {
      method: 'HEAD',
      url: manifestUrl(reference),
      headers: accept,
    });
    if (answer.status === 404) return undefined;
    requireStatus(answer, `HEAD ${reference}`);
    const digest = answer.headers.get('docker-content-digest') ?? '';
    const mediaType = mediaTypeOf(answer);
    // The header is optional; without it only the bytes tell.
    return digestPattern.test(digest) && isManifestType(mediaType) ? { digest, mediaType } : get(reference);
  }

  async function get(reference: string): Promise<RegistryManifest | undefined> {
    const answer = await connection.ask('pull', {
      method: 'GET',
      url: manifestUrl(reference),
      headers: accept,
    });
    if (answer.status === 404) return undefined;
    requireStatus(answer, `GET ${reference}`);
    const mediaType = mediaTypeOf(answer);
    const digest = digestOf(answer.body);
    const said = digestPattern.test(reference) ? reference : answer.headers.get('docker-content-digest');
    if (!isManifestType(mediaType) || (said && said !== digest))
      throw fail(`answered to GET ${reference} with something that is not the manifest`);
    return { digest, mediaType, bytes: answer.body };
  }

  async function put(reference: string, bytes: Uint8Array, mediaType: string): Promise<string> {
    const headers = { 'content-type': mediaType };
    const url = manifestUrl(reference);
    requireStatus(
      await connection.ask('push', { method: 'PUT', url, headers, body: bytes }),
      `PUT ${reference}`,
    );
    return digestOf(bytes);
  }

  async function blob(digest: string): Promise<Buffer | undefined> {
    const answer = await connection.ask('pull', {
      method: 'GET',
      url: `${base}/blobs/${encodeURIComponent(digest)}`,
    });
    if (answer.status === 404) return undefined;
    requireStatus(answer, `GET ${digest}`);
    if (digestOf(answer.body) !== digest) throw fail(`answered to GET ${digest} with something else`);
    return answer.body;
  }

  async function requirePush(): Promise<void> {
    const url = `${base}/blobs/uploads/`;
    const answer = await connection.ask('push', { method: 'POST', url });
    requireStatus(answer, 'the question for an upload');
    const upload = new URL(answer.headers.get('location') ?? '', url);
    // Not every registry lets an upload be called off; it then runs out by itself.
    if (upload.origin === address.origin)
      await connection.ask('push', { method: 'DELETE', url: upload.href }).catch(() => undefined);
  }

  async function listTags(): Promise<string[]> {
    const tags: string[] = [];
    const seen = new Set<string>();
    for (let url: string | undefined = `${base}/tags/list?n=1000`; url !== undefined && !seen.has(url); ) {
      seen.add(url);
      const answer = await connection.ask('pull', { method: 'GET', url });
      if (answer.status === 404) return tags;
      requireStatus(answer, 'the question for its tags');
      const page = tagsOf(answer);
      if (!page) throw fail('answered to the question for its tags with something that is no list');
      tags.push(...page);
      url = nextPage(answer.headers.get('link') ?? '', url);
    }
    return [...new Set(tags)];
  }

  function manifestUrl(reference: string): string {
    return `${base}/manifests/${encodeURIComponent(reference)}`;
  }

  function requireStatus(answer: RegistryAnswer, question: string): void {
    if (answer.status >= 200 && answer.status < 300) return;
    const said = connection.describe(answer);
    const what = `answered ${answer.status} to ${question} of ${address.path}${said && `: ${said}`}`;
    throw answer.status === 429
      ? new DockerPluginError(registryBusy(address, what, answer.headers.get('retry-after') ?? undefined))
      : fail(what);
  }

  function fail(what: string): DockerPluginError {
    return new DockerPluginError(registryFailed(address, what));
  }

  return { repository, head, get, put, blob, requirePush, listTags };
}

function mediaTypeOf({ headers }: RegistryAnswer): string {
  return (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A repository without tags has `null` in some registries. */
function tagsOf({ body }: RegistryAnswer): string[] | undefined {
  try {
    const { tags } = JSON.parse(body.toString('utf8')) as { tags?: unknown };
    if (tags === null) return [];
    return Array.isArray(tags) && tags.every((tag) => typeof tag === 'string') ? tags : undefined;
  } catch {
    return undefined;
  }
}
