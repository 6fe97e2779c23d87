/** The record that a build leaves in `dist/docker/`: everything downstream reads it and recomputes nothing. */
export interface PublishedRecord {
  /** Version of this form. */
  readonly version: 1;
  readonly project: string;
  readonly target: string;
  /** The repository, `ghcr.io/owner/name`. */
  readonly image: string;
  /** The first of the built names, `ghcr.io/owner/name:tag`; what was pushed without a name has its digest here. */
  readonly imageRef: string;
  readonly tags: readonly string[];
  readonly imageId?: string;
  /** `sha256:…` of the manifest or index: the registry's where `pushed`, else the engine's where it knows one. */
  readonly digest?: string;
  /** True if the registry has `digest`. */
  readonly pushed?: true;
  /** True if nothing was built: an image of the same inputs was there. */
  readonly unchanged?: true;
  /** Hash of all that it was built from, `sha256:…`. */
  readonly inputDigest?: string;
  /** The commit it was built from, 40 hexadecimal digits; left out where files differed from it. */
  readonly revision?: string;
  /**
   * Images that it was built from, as far as they are known: the reference in the Dockerfile for those of the workspace,
   * the normalised one for all others, and what stood for it.
   */
  readonly bases?: Readonly<Record<string, string>>;
  readonly platforms: readonly string[];
  /** Bytes by platform, `linux/arm64`: of layers and configuration in the registry, else as the engine counts. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Milliseconds. */
  readonly duration: number;
}

/** The record's text: stable key order, a final line feed. */
export function formatPublishedRecord(record: PublishedRecord): string {
  return `${JSON.stringify({ $schema: schemaUrl, ...record }, null, 2)}\n`;
}

/**
 * Reads the text of a record. Unknown fields are kept: a newer version may have written them.
 *
 * @returns `undefined` for what is no record.
 */
export function parsePublishedRecord(text: string): PublishedRecord | undefined {
  try {
    const value = JSON.parse(text) as Partial<PublishedRecord> | null;
    const texts = [value?.project, value?.target, value?.image, value?.imageRef];
    const lists = [value?.tags, value?.platforms];
    const isRecord =
      value?.version === 1 &&
      texts.every((each) => typeof each === 'string') &&
      lists.every((list) => Array.isArray(list) && list.every((each) => typeof each === 'string'));
    return isRecord ? (value as PublishedRecord) : undefined;
  } catch {
    return undefined;
  }
}

const schemaUrl =
  'https://github.com/ardenone/moltbook/blob/main/packages/docker/schemas/published-record.schema.json';
