/** What CI has to do for one commit. Its JSON form is `schemas/plan.schema.json`. */
export interface Plan {
  readonly version: 1;
  readonly event: PlanEvent;
  /** The commit that is built, 40 hex digits. */
  readonly head: string;
  /** The commit it was compared with; `null` where every image was taken or the registry was asked. */
  readonly base: string | null;
  /** How the images were chosen, one sentence. */
  readonly scope: string;
  /** True if images are pushed and get their names; false if they are only built. */
  readonly publish: boolean;
  /** To be built: bases before their dependants, then by id. */
  readonly images: readonly PlannedImage[];
  /** All others, by id. */
  readonly unchanged: readonly PlannedImage[];
  /** Jobs whose images start from images of earlier waves only. */
  readonly waves: readonly (readonly PlanJob[])[];
}

export type PlanEvent = 'push' | 'tag' | 'pull-request' | 'merge-group' | 'dispatch' | 'schedule' | 'local';

export interface PlannedImage {
  /** Its Nx task: `api:docker-build`. */
  readonly id: string;
  readonly project: string;
  readonly target: string;
  /** Registry and repository, without a tag. */
  readonly image: string;
  /** Workspace-relative. */
  readonly dockerfile: string;
  /** The build context, workspace-relative. */
  readonly context: string;
  /** Empty for the platform of the machine that builds. */
  readonly platforms: readonly string[];
  /** Ids of the images of the workspace that it starts from or copies from. */
  readonly bases: readonly string[];
  /** Hash of all that it is built from, `sha256:…`. */
  readonly inputDigest: string;
  /** Why it is built, or why not, in one line. */
  readonly reason: string;
  /** What the registry holds under the input digest: set where it was asked and has it. */
  readonly publishedDigest?: string;
}

/** One job of a CI matrix: some images for one platform on one runner. */
export interface PlanJob {
  /** Unique in the plan; only `a-z`, `0-9`, `.`, `_` and `-`, at most 80 characters. */
  readonly id: string;
  /** For people: `api`, `api (linux/arm64)` or `api and 4 more`. */
  readonly name: string;
  /** `null` for the platform of the machine that builds. */
  readonly platform: string | null;
  readonly runner: string;
  /** Ids of images, in the order of building. */
  readonly images: readonly string[];
}
