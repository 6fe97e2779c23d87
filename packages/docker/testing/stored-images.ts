import { createHash } from 'node:crypto';
import { mediaTypes } from '../src/core/registry/media-types.js';
import { type FakeRegistry, fakeRegistry } from './fake-registry.js';

export interface StoredImages extends FakeRegistry {
  /** Stores an image, for one platform or several, and returns its digest. */
  store(
    repository: string,
    tags: readonly string[],
    image: { readonly platforms: readonly string[]; readonly labels?: Readonly<Record<string, string>> },
  ): string;
  /** What each tag of a repository stands for. */
  tags(repository: string): Record<string, string>;
}

/** A registry on loopback that holds what is put into it, manifests and configurations, but no layers. */
export async function storedImages(): Promise<StoredImages> {
  const blobs = new Map<string, Buffer>();
  const manifests = new Map<string, { mediaType: string; digest: string; bytes: Buffer }>();

  function put(path: string, mediaType: string, bytes: Buffer): string {
    const digest = digestOf(bytes);
    for (const reference of [path.slice(path.lastIndexOf('/') + 1), digest])
      manifests.set(`${path.slice(0, path.lastIndexOf('/'))}/${reference}`, { mediaType, digest, bytes });
    return digest;
  }

  const registry = await fakeRegistry((request, response, body) => {
    const path = decodeURIComponent(request.url ?? '').replace(/\?.*/, '');
    const [, name] = /^\/v2\/(.+)\/tags\/list$/.exec(path) ?? [];
    const manifest = manifests.get(path);
    const blob = path.includes('/blobs/') ? blobs.get(path.slice(path.lastIndexOf('/') + 1)) : undefined;
    if (name !== undefined) response.end(JSON.stringify({ tags: Object.keys(tags(name)) }));
    else if (request.method === 'POST') response.writeHead(202, { location: `${path}1` }).end();
    else if (request.method === 'DELETE') response.writeHead(204).end();
    else if (request.method === 'PUT') {
      put(path, request.headers['content-type'] ?? '', body);
      response.writeHead(201).end();
    } else if (blob) response.end(blob);
    else if (!manifest) response.writeHead(404).end();
    else {
      const { mediaType, digest, bytes } = manifest;
      response.writeHead(200, { 'content-type': mediaType, 'docker-content-digest': digest }).end(bytes);
    }
  });

  function tags(repository: string): Record<string, string> {
    const prefix = `/v2/${repository}/manifests/`;
    const own = [...manifests].filter(([path]) => path.startsWith(prefix) && !path.includes('sha256:'));
    return Object.fromEntries(own.map(([path, { digest }]) => [path.slice(prefix.length), digest]));
  }

  function store(
    repository: string,
    names: readonly string[],
    { platforms, labels = {} }: { platforms: readonly string[]; labels?: object },
  ): string {
    const prefix = `/v2/${repository}/manifests/`;
    const parts = platforms.map((platform) => {
      const [os, architecture] = platform.split('/');
      const config = Buffer.from(JSON.stringify({ os, architecture, config: { Labels: labels } }));
      blobs.set(digestOf(config), config);
      const manifest = {
        schemaVersion: 2,
        mediaType: mediaTypes.ociManifest,
        config: { digest: digestOf(config), size: config.length },
        layers: [{ digest: digestOf(Buffer.from(platform)), size: 100 }],
      };
      const bytes = Buffer.from(JSON.stringify(manifest));
      const digest = put(`${prefix}${digestOf(bytes)}`, mediaTypes.ociManifest, bytes);
      return {
        descriptor: { mediaType: mediaTypes.ociManifest, digest, platform: { os, architecture } },
        bytes,
      };
    });
    const index = Buffer.from(JSON.stringify({ manifests: parts.map(({ descriptor }) => descriptor) }));
    const [single] = parts;
    const [mediaType, bytes] =
      single && parts.length === 1 ? [mediaTypes.ociManifest, single.bytes] : [mediaTypes.ociIndex, index];
    for (const name of names) put(`${prefix}${name}`, mediaType, bytes);
    return digestOf(bytes);
  }

  return { ...registry, store, tags };
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
