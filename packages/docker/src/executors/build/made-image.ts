import type { BuildResult } from '../../core/build/build-result.js';

/** What came of a build, or of looking for an image that makes it needless. */
export interface MadeImage extends BuildResult {
  /** Tags that the image has now, the most important one first. */
  readonly tags: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly pushed?: true;
  /** Bytes, by platform. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** One sentence on why nothing was built; left out where something was. */
  readonly unchanged?: string;
}
