/** What every image was at each published commit. */
export interface PublishedHistory {
  /** Normalised repositories by commit, 40 hexadecimal digits. */
  readonly commits: ReadonlyMap<string, ReadonlySet<string>>;
  /** The digest of an image at a commit; `undefined` where it was not published then. */
  digestAt(repository: string, commit: string): Promise<string | undefined>;
  /** Tags of an image that have this digest. */
  tagsOf(repository: string, commit: string, digest: string): Promise<readonly string[]>;
}
