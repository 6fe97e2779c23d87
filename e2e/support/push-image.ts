import { createHash } from 'node:crypto';

/**
 * Pushes an image without layers to a registry on loopback, by the API that engines use, and returns its digest.
 *
 * @param imageRef `127.0.0.1:5000/acme/api:1.0.0`.
 * @param content What makes this image another one.
 */
export async function pushImage(imageRef: string, content: string): Promise<string> {
  const slash = imageRef.indexOf('/');
  const colon = imageRef.lastIndexOf(':');
  const base = `http://${imageRef.slice(0, slash)}/v2/${imageRef.slice(slash + 1, colon)}`;
  const config = JSON.stringify({ architecture: 'amd64', os: 'linux', config: { Labels: { content } } });
  const upload = await fetch(`${base}/blobs/uploads/`, { method: 'POST' });
  const location = new URL(upload.headers.get('location') ?? '', base);
  location.searchParams.set('digest', digestOf(config));
  await put(location, config, 'application/octet-stream');
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: digestOf(config),
      size: config.length,
    },
    layers: [],
  });
  await put(new URL(`${base}/manifests/${imageRef.slice(colon + 1)}`), manifest, mediaType);
  return digestOf(manifest);
}

async function put(url: URL, body: string, type: string): Promise<void> {
  const answer = await fetch(url, { method: 'PUT', body, headers: { 'content-type': type } });
  if (!answer.ok) throw new Error(`PUT ${url}: ${answer.status} ${await answer.text()}`);
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
