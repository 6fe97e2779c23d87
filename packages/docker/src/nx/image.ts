import type { Problem } from '../core/errors.js';
import type { ImageOptions } from './plugin-options.js';

/** What one Dockerfile of one project builds. */
export interface Image {
  readonly projectName: string;
  readonly projectRoot: string;
  readonly targetName: string;
  /** Workspace-relative. */
  readonly dockerfilePath: string;
  /** Registry and repository, without a tag: `ghcr.io/owner/name`. */
  readonly image: string;
  /** Workspace-relative folder, `.` for the workspace root. */
  readonly buildContext: string;
  /** Why the build context is what it is, one sentence. */
  readonly contextReason: string;
  readonly options: ImageOptions;
  readonly problems: readonly Problem[];
}
