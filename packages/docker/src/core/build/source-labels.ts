import { webAddress } from '../image/web-address.js';

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
  const source = webAddress(remote ?? '');
  return {
    'org.opencontainers.image.created': date,
    'org.opencontainers.image.revision': sha,
    ...(source !== '' && { 'org.opencontainers.image.source': source }),
  };
}
