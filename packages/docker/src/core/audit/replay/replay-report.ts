import type { ImageReplay, ReplayCommit } from './replay.js';

/** A replayed history, as it stands under `replay` in the JSON of an audit. */
export interface HistoryReplay {
  /** Oldest first. */
  readonly commits: readonly Omit<ReplayCommit, 'images'>[];
  /** By id. */
  readonly images: readonly ImageReplay[];
}
