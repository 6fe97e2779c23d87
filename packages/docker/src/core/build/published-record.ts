/** The record that a build leaves in `dist/docker/`: everything downstream reads it and recomputes nothing. */
export interface PublishedRecord {
  /** Version of this form. */
  readonly version: 1;
  readonly project: string;
  readonly target: string;
  /** The repository, `ghcr.io/owner/name`. */
  readonly image: string;
  /** The first of the built names, `ghcr.io/owner/name:tag`. */
  readonly imageRef: string;
  readonly tags: readonly string[];
  readonly imageId?: string;
  readonly digest?: string;
  readonly inputDigest?: string;
  readonly platforms: readonly string[];
  /** Milliseconds. */
  readonly duration: number;
}

/** The record's text: stable key order, a final line feed. */
export function formatPublishedRecord(record: PublishedRecord): string {
  return `${JSON.stringify({ $schema: schemaUrl, ...record }, null, 2)}\n`;
}

const schemaUrl =
  'https://github.com/ardenone/moltbook/blob/main/packages/docker/schemas/published-record.schema.json';
