/**
 * The labels of https://github.com/opencontainers/image-spec/blob/main/annotations.md that only git knows. They are the
 * same for every build of a commit, and no input: another commit with the same inputs is not built again.
 */
export function sourceLabels({
  sha,
  date,
  remote,
}: {
  readonly sha: string;
  readonly date: string;
  readonly remote?: string;
}): Record<string, string> {
  const source = remote === undefined ? undefined : webAddress(remote);
  return {
    'org.opencontainers.image.created': date,
    'org.opencontainers.image.revision': sha,
    ...(source !== undefined && { 'org.opencontainers.image.source': source }),
  };
}

/** `git@github.com:acme/shop.git` is `https://github.com/acme/shop`. A folder is nobody's business but its owner's. */
function webAddress(remote: string): string | undefined {
  const [, host, path] =
    /^(?:https?|ssh|git):\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(remote) ??
    /^(?:[^/@:]+@)?([^/:]+\.[^/:]+):(?!\/)(.+)$/.exec(remote) ??
    [];
  return host === undefined ? undefined : `https://${host}/${path?.replace(/(?:\.git)?\/*$/, '')}`;
}
