import type { Problem } from '../errors.js';

/** What `moltbook-docker explain` says about an image; `schemas/explain.schema.json` describes it as JSON. */
export interface ImageReport {
  readonly kind: 'image';
  /** The Nx task: `api:docker-build`. */
  readonly id: string;
  readonly project: string;
  readonly target: string;
  /** Registry and repository, without a tag. */
  readonly image: string;
  /** All paths are workspace-relative. */
  readonly dockerfile: string;
  readonly buildContext: {
    readonly folder: string;
    readonly reason: string;
    readonly ignoreFile: string | null;
    /** Files in the context that no ignore rule keeps out, and their bytes: what an engine may be sent. */
    readonly files: number;
    readonly bytes: number;
  };
  readonly stages: readonly StageReport[];
  readonly baseImages: readonly BaseImageReport[];
  /** What ADD fetches over HTTP or with git. */
  readonly downloads: readonly DownloadReport[];
  /** Tasks that make files which the build reads and git does not have. */
  readonly producers: readonly string[];
  readonly reads: readonly ReadReport[];
  readonly files: readonly FileEntry[];
  readonly bytes: number;
  readonly problems: readonly Problem[];
}

export interface StageReport {
  readonly index: number;
  readonly name: string;
  readonly base: string;
  /** False for a stage that the target stage does not need. */
  readonly isBuilt: boolean;
  readonly isTarget: boolean;
}

export interface BaseImageReport {
  readonly imageRef: string;
  /** How it is used: `FROM`, `COPY --from` or `RUN --mount`, and where, as `file:line`. */
  readonly uses: readonly { readonly how: string; readonly place: string }[];
  /** The task that builds it, where it is an image of this workspace. */
  readonly builtBy: string | null;
}

export interface DownloadReport {
  readonly url: string;
  /** True if a checksum or a commit says what it is. */
  readonly isPinned: boolean;
  readonly place: string;
}

/** One source of one instruction. */
export interface ReadReport {
  readonly place: string;
  readonly kind: 'COPY' | 'ADD' | 'RUN --mount' | 'FROM';
  /** As written. */
  readonly source: string;
  /** The named context that it is read from; `null` for the build context. */
  readonly context: string | null;
  readonly files: number;
  readonly bytes: number;
  /** Why more is read than the instruction may need. */
  readonly widened: string | null;
}

export interface FileEntry {
  readonly path: string;
  readonly bytes: number;
  readonly mode: 'file' | 'executable' | 'symlink';
  /** The Dockerfile and the ignore files are inputs even if nothing copies them. */
  readonly role: 'Dockerfile' | 'ignore file' | null;
  /** `file:line` of each instruction that reads it. */
  readonly readBy: readonly string[];
}

/** What `moltbook-docker explain` says about a file. */
export interface FileReport {
  readonly kind: 'file';
  readonly path: string;
  readonly images: readonly FileInImage[];
}

/** `read`: an instruction reads it. `ignored`: a rule keeps it out. `unread`: it is in the context, and no more. */
export interface FileInImage {
  readonly id: string;
  readonly answer: 'read' | 'ignored' | 'unread' | 'outside';
  readonly role: 'Dockerfile' | 'ignore file' | null;
  readonly reads: readonly { readonly place: string; readonly source: string }[];
  readonly rule: { readonly place: string; readonly text: string } | null;
}
