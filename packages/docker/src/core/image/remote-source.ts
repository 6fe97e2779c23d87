export interface RemoteKind {
  readonly kind: 'git' | 'http';
  /** The URL itself says which content it is: a commit, or a checksum. */
  readonly isPinned: boolean;
}

/**
 * Tells if a source is fetched instead of read from the build context. An HTTP URL is a git repository if
 * its path ends with `.git`; `user@host:path` is one too, but `github.com/owner/repository` is a local path.
 */
export function classifyRemote(source: string): RemoteKind | undefined {
  const [, scheme] = /^([a-zA-Z0-9]+):\/\//.exec(source) ?? [];
  if (scheme === undefined) {
    return /^[\w-]+@[a-zA-Z0-9.-]+:/.test(source) ? { kind: 'git', isPinned: isCommit(source) } : undefined;
  }
  const protocol = scheme.toLowerCase();
  if (protocol === 'git' || protocol === 'ssh') return { kind: 'git', isPinned: isCommit(source) };
  if (protocol !== 'http' && protocol !== 'https') return undefined;
  if (/^[^?#]*\.git(?:[?#]|$)/.test(source)) return { kind: 'git', isPinned: isCommit(source) };
  return /^https?:/.test(source) ? { kind: 'http', isPinned: false } : undefined;
}

/** `#<commit>`, `#<commit>:folder`, or a `commit=` or `checksum=` of the query. */
function isCommit(url: string): boolean {
  const commit = /(?:#|[?&](?:commit|checksum|ref)=)([0-9a-f]{40}(?:[0-9a-f]{24})?)(?![^:&#])/;
  return commit.test(url);
}
