import type { PublishedRecord } from '../core/build/published-record.js';
import type { Problem } from '../core/errors.js';

export interface SetReferencesOptions {
  /** Workspace-relative files, folders and globs. Default: the plugin's `kubernetes.paths`, else the whole workspace. */
  readonly paths?: readonly string[];
  /** What a reference is given. Default: the plugin's `kubernetes.form`, else `both`. */
  readonly form?: 'tag' | 'digest' | 'both';
  /**
   * Asks the registry for a reference and returns the digest it has there, nothing where it is not there. It is asked
   * for the tag and for the digest before anything is written. Default: nothing is asked.
   */
  readonly prove?: (imageRef: string) => Promise<string | undefined>;
  /** False finds what would change and writes nothing. */
  readonly write?: boolean;
}

export interface SetReferencesResult {
  /** Workspace-relative paths of the files that have other bytes now. */
  readonly changed: readonly string[];
  /** With an error among them nothing was written. */
  readonly problems: readonly Problem[];
}

/** Writes the references of published images into the manifests of a workspace: all files, or none on an error. */
export async function setReferences(
  _root: string,
  _records: readonly PublishedRecord[],
  _options: SetReferencesOptions = {},
): Promise<SetReferencesResult> {
  throw new Error('not written yet');
}
