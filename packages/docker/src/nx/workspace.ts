import type { FileIndex } from '../core/image/file-index.js';

/** The files of a workspace, as they are on disk or in one commit. Paths are workspace-relative. */
export interface Workspace {
  /** The name of its folder. */
  readonly name: string;
  /** The files that Nx sees, which are those that git and .nxignore do not ignore. */
  readonly index: FileIndex;
  /** The text of a file; `undefined` where it cannot be read. Invalid UTF-8 becomes U+FFFD. */
  readText(path: string): string | undefined;
}
