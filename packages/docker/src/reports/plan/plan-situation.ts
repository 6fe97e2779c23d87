import type { CiEvent } from '../../core/plan/ci-event.js';
import type { CiFacts } from '../../host/ci-facts.js';
import type { CommitImages } from './plan-images.js';
import type { PlanRepository } from './plan-open.js';
import type { Sources } from './plan-sources.js';

export interface PlanOptions {
  /** Default: the workspace around the current folder. */
  readonly root?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Revisions; an empty text counts as one that names nothing. */
  readonly base?: string | undefined;
  readonly head?: string | undefined;
  /** Every image, whatever changed or is published. */
  readonly all?: boolean;
  /** Only images of these projects. */
  readonly projects?: readonly string[];
  /** The images are published, so that the registry is asked, where the event is one that publishes. */
  readonly publish?: boolean;
  /** Of published images, those whose external base images moved are built anew; scheduled runs do it by themselves. */
  readonly refreshBases?: boolean;
  readonly maxJobs?: number | undefined;
  /** Runners by platform. */
  readonly runners?: Readonly<Record<string, string>>;
  readonly provider?: CiFacts['provider'] | undefined;
}

/** All that is known before anything is chosen. */
export interface Situation {
  readonly options: PlanOptions;
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly event: CiEvent | undefined;
  readonly repository: PlanRepository;
  readonly head: string;
  readonly images: CommitImages;
  readonly sources: ReadonlyMap<string, Sources>;
  readonly digests: ReadonlyMap<string, string>;
}

/** Which images are to be built. */
export interface Selection {
  readonly base: string | null;
  readonly scope: string;
  readonly publish: boolean;
  /** Why images are built, by id. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Why the others are not. */
  readonly otherwise: string;
  /** What the registry holds, by id. */
  readonly published: ReadonlyMap<string, string>;
  /** What could not be found out about published images, by id. */
  readonly notes?: ReadonlyMap<string, string>;
}
