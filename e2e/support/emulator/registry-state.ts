/** Short names for commits and digests, in the order in which they were first seen. */
export interface Names {
  /** `C1` for a commit that was added first. */
  addCommit(sha: string): string;
  /** Replaces all commits, input digests and digests in a text. */
  shorten(text: string): string;
}

export function createNames(): Names {
  const commits: string[] = [];
  const digests: string[] = [];
  const inputs: string[] = [];
  const indexIn = (list: string[], value: string) => {
    if (!list.includes(value)) list.push(value);
    return list.indexOf(value) + 1;
  };
  return {
    addCommit: (sha) => `C${indexIn(commits, sha)}`,
    shorten: (text) =>
      commits
        .reduce(
          (short, sha, i) => short.replaceAll(sha, `C${i + 1}`).replaceAll(sha.slice(0, 7), `C${i + 1}`),
          text,
        )
        .replace(/inputs-([0-9a-f]{64})/g, (_, digest) => `inputs-${indexIn(inputs, digest)}`)
        .replace(/sha256:([0-9a-f]{64})/g, (_, digest) => `D${indexIn(digests, digest)}`),
  };
}

/**
 * All tags of repositories with their digests, one line each: `app: latest=D1 main=D1`. It asks the registry itself,
 * behind its tokens.
 */
export async function registryState(registry: string, repositories: readonly string[]): Promise<string[]> {
  return Promise.all(
    repositories.map(async (repository) => {
      const tags = await listTags(registry, repository);
      const digests = await Promise.all(tags.map((tag) => digestOf(registry, repository, tag)));
      const entries = tags.map((tag, i) => `${tag}=${digests[i]}`);
      return `${repository.split('/').at(-1)}: ${entries.join(' ')}`.trim();
    }),
  );
}

async function listTags(registry: string, repository: string): Promise<string[]> {
  const response = await fetch(`http://${registry}/v2/${repository}/tags/list`);
  if (response.status === 404) return [];
  const { tags } = (await response.json()) as { tags: string[] | null };
  return (tags ?? []).sort();
}

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

export async function digestOf(registry: string, repository: string, tag: string): Promise<string> {
  const headers = { accept: manifestTypes.join(', ') };
  const response = await fetch(`http://${registry}/v2/${repository}/manifests/${tag}`, {
    method: 'HEAD',
    headers,
  });
  return response.headers.get('docker-content-digest') ?? `status ${response.status}`;
}
