/** Digests by tag, by repository. */
export type RegistryState = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Asks a registry itself, behind its tokens, for all tags of repositories. */
export async function readRegistry(
  registry: string,
  repositories: readonly string[],
): Promise<RegistryState> {
  const entries = repositories.map(async (repository) => {
    const tags = await listTags(registry, repository);
    const digests = tags.map(async (tag) => [tag, await digestOf(registry, repository, tag)] as const);
    return [repository, new Map(await Promise.all(digests))] as const;
  });
  return new Map(await Promise.all(entries));
}

async function listTags(registry: string, repository: string): Promise<string[]> {
  const response = await fetch(`http://${registry}/v2/${repository}/tags/list`);
  if (response.status === 404) return [];
  const { tags } = (await response.json()) as { tags: string[] | null };
  return tags ?? [];
}

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

async function digestOf(registry: string, repository: string, tag: string): Promise<string> {
  const headers = { accept: manifestTypes.join(', ') };
  const response = await fetch(`http://${registry}/v2/${repository}/manifests/${tag}`, {
    method: 'HEAD',
    headers,
  });
  return response.headers.get('docker-content-digest') ?? `status ${response.status}`;
}
