/** What an engine says it built. */
export interface BuildResult {
  /** `sha256:…` of the image's configuration (classic stores) or of its manifest. */
  readonly imageId?: string;
  /** `sha256:…` of the manifest or index; only some stores know it before a push. */
  readonly digest?: string;
}

const digestPattern = /^sha256:[0-9a-f]{64}$/;

/**
 * Reads what the engine wrote to `BuildRequest.resultFile`: buildx's metadata JSON, or one image id.
 * Unknown content gives an empty result, because a build that succeeded stays a success.
 */
export function parseBuildResult(text: string): BuildResult {
  const id = text.trim();
  if (digestPattern.test(id)) return { imageId: id };
  const metadata = parseObject(text);
  const imageId = digestOf(metadata['containerimage.config.digest']);
  const digest = digestOf(metadata['containerimage.digest']);
  // Before a push, a classic store repeats the image id here: it has no manifest yet.
  return { ...(imageId && { imageId }), ...(digest && digest !== imageId && { digest }) };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function digestOf(value: unknown): string | undefined {
  return typeof value === 'string' && digestPattern.test(value) ? value : undefined;
}
