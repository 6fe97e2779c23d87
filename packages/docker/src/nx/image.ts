import type { Dockerfile } from '../core/dockerfile/dockerfile.js';
import type { Problem } from '../core/errors.js';
import type { ContextFolder } from '../core/image/context-folder.js';
import type { Evaluation } from '../core/image/evaluation.js';
import type { ImageOptions } from './plugin-options.js';

/** What one Dockerfile of one project builds, as its path and the options name it. */
export interface DeclaredImage {
  readonly projectName: string;
  readonly projectRoot: string;
  readonly targetName: string;
  /** Workspace-relative. */
  readonly dockerfilePath: string;
  /** Registry and repository, without a tag: `ghcr.io/owner/name`. */
  readonly image: string;
  /** What the plugin options, the project's own target, and bake or compose files say. */
  readonly options: ImageOptions;
  /** Where the build context in `options` comes from, if it is there. */
  readonly contextSource?: string;
  readonly problems: readonly Problem[];
}

/** An image whose Dockerfile was evaluated. */
export interface Image extends DeclaredImage {
  /** Workspace-relative folder, `.` for the workspace root. */
  readonly buildContext: string;
  /** Why the build context is what it is, one sentence. */
  readonly contextReason: string;
  readonly dockerfile: Dockerfile;
  readonly evaluation: Evaluation;
  /** The build context's folder, with the ignore file in effect. */
  readonly mainContext: ContextFolder;
  /** The folders of local named contexts that are used, by key. */
  readonly namedFolders: Readonly<Record<string, ContextFolder>>;
}
