import type { InputPatterns } from '../image/input-patterns.js';

/** An image with all that can change it, as plain data. */
export interface AuditImage {
  /** Its Nx task: `api:docker-build`. */
  readonly id: string;
  /** Registry and repository, without a tag. */
  readonly image: string;
  /** Workspace-relative. */
  readonly dockerfile: string;
  readonly context: string;
  readonly target: string | null;
  /** Sorted by path. */
  readonly inputs: readonly AuditInput[];
  /** They cover the inputs of today and of days to come. */
  readonly patterns: InputPatterns;
  /** What it copies that git does not have, as `dist from api/Dockerfile:5`. */
  readonly made: readonly string[];
}

export interface AuditInput {
  /** Workspace-relative. */
  readonly path: string;
  /** The instructions that read it, as `api/Dockerfile:5 COPY src`, or its role. */
  readonly because: readonly string[];
  /** The id of the image that reads it, where this one is only built from that. */
  readonly base?: string;
}
