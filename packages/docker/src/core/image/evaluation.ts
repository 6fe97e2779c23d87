import type { Instruction } from '../dockerfile/dockerfile.js';
import type { Place, Problem } from '../errors.js';
import type { PortRange } from './parse-port.js';

/** What a build of one Dockerfile reads, for one target, platform and set of build arguments. */
export interface Evaluation {
  /** What is read from build contexts, one entry per source and instruction, reachable stages only. */
  readonly reads: readonly ContextRead[];
  /**
   * The paths BuildKit asks the main build context for, sorted, before the ignore file: `.` is the whole
   * context, an empty list means that the context is not used at all. A base image is taken to set no
   * variable. BuildKit asks for a little more than the build can read: for the whole context where a tmpfs is
   * mounted, and for an ADD of `git@…` as if it were a path. What the image depends on is in `reads`.
   */
  readonly contextPaths: readonly string[];
  /** Images used by reachable stages (FROM, COPY --from, RUN --mount), in source order. */
  readonly images: readonly ImageUse[];
  /** The one of them that the target stage starts from, be it through other stages; absent where it is none. */
  readonly baseImage?: ImageUse;
  readonly git: readonly RemoteSource[];
  readonly http: readonly RemoteSource[];
  /**
   * What the target stage and the stages it is built from EXPOSE, in source order. Ports that are only known when the
   * image is built, and those of base images, are not among them.
   */
  readonly ports: readonly ExposedPort[];
  /** The target stage's index; -1 where the Dockerfile has none. */
  readonly targetStage: number;
  /** Indices of the stages the target needs, ascending. */
  readonly reachableStages: readonly number[];
  /**
   * Instructions that can change the result: meta ARGs and those of reachable stages, in source order. The
   * ONBUILD triggers of a base image follow the FROM that runs them.
   */
  readonly reachableInstructions: readonly Instruction[];
  /** Names of the build arguments that a reachable part of the Dockerfile declares, sorted. */
  readonly declaredArgs: readonly string[];
  /** The same for each local named context that is used, by the key it was given with. */
  readonly namedContextPaths: Readonly<Record<string, readonly string[]>>;
  /** Keys of the named contexts that are used. */
  readonly usedContexts: readonly string[];
  /** Those of the Dockerfile itself and what the evaluation found, in source order. */
  readonly problems: readonly Problem[];
}

export interface ContextRead {
  /** `bind` is a RUN --mount=type=bind source; `FROM` is a stage that starts from a local named context. */
  readonly kind: 'COPY' | 'ADD' | 'bind' | 'FROM';
  /**
   * Relative to the context root, cleaned, without leading or trailing slash; `.` is the whole context.
   * How it selects files is told by `match`.
   */
  readonly path: string;
  /** `literal` path, `glob` as Go's filepath.Match, or `include` pattern of patternmatcher (--parents). */
  readonly match: 'literal' | 'glob' | 'include';
  /** The part of an `include` path before `/./`, cleaned: what is copied is named relative to it. */
  readonly pivot?: string;
  /**
   * --exclude patterns, expanded, in order; relative to the matched source, or for `include` to the pivot,
   * which is the root if there is none.
   */
  readonly exclude: readonly string[];
  /** The key of the named local context that is read; absent for the main build context. */
  readonly context?: string;
  /**
   * The paths BuildKit asks the named context for together with this one, sorted; absent if those are its
   * `namedContextPaths`. A context that several instructions name is asked for each of them by itself.
   */
  readonly asked?: readonly string[];
  readonly place: Place;
  /** The source as written, for people. */
  readonly text: string;
  /** Variables in the source that are not set, so that nothing stands in their place; absent if none. */
  readonly unset?: readonly string[];
  /** Why this read is wider than what BuildKit would read, where something could not be known offline. */
  readonly widened?: string;
}

export interface ImageUse {
  /** Normalised: `docker.io/library/node:20`. */
  readonly imageRef: string;
  /** As it stands after expansion: `node:20`. */
  readonly text: string;
  readonly how: 'FROM' | 'COPY --from' | 'RUN --mount';
  /** The platform this use asks for, when the Dockerfile names one. */
  readonly platform?: string;
  readonly place: Place;
}

export interface ExposedPort extends PortRange {
  readonly place: Place;
}

export interface RemoteSource {
  readonly url: string;
  /** Value of --checksum or a commit in the URL: the content cannot change. */
  readonly pinned: boolean;
  readonly place: Place;
}
