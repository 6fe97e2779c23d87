import type { Place, Problem } from '../errors.js';
import type { FilteredWorkflow } from './filtered-workflow.js';
import type { PathList } from './path-list.js';

/** One file of a CI as the audit sees it. */
export interface AuditedWorkflow {
  /** Workspace-relative. */
  readonly file: string;
  readonly provider: 'github' | 'gitlab';
  readonly builds: readonly WorkflowBuild[];
  /** Every list of paths in it, those of jobs that build nothing, too. */
  readonly lists: readonly PathList[];
  readonly jobs: readonly AuditedJob[];
  readonly metadata: readonly MetadataStep[];
  readonly scripts: readonly AuditedScript[];
  readonly actions: readonly ActionUse[];
  readonly problems: readonly Problem[];
}

export interface AuditedJob {
  readonly id: string;
  /** What a required check is called: its name, or else its id. */
  readonly name: string;
  readonly place: Place;
}

/** One build of one image: a step or a command, for one row of a matrix. */
export interface WorkflowBuild {
  readonly workflow: FilteredWorkflow;
  /** Of the step or the command. */
  readonly place: Place;
  readonly how: string;
  /** The row of the matrix: `service=api`. */
  readonly row?: string;
  /** Workspace-relative folder; absent where it cannot be known, or is not in the workspace. */
  readonly context?: string;
  /** Workspace-relative; absent where it cannot be known. */
  readonly dockerfile?: string;
  /** Where only parts of the Dockerfile's path are known: it and the context, with `unknownPart` for the others. */
  readonly partly?: { readonly dockerfile: string; readonly context: string };
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly namedContexts?: Readonly<Record<string, string>>;
  /** Absent where it says none, or they cannot be known. */
  readonly platforms?: readonly string[];
  /** Build arguments whose value is known only in a run. */
  readonly openArgs?: readonly string[];
  /** What else is given to it, by name: inputs of the action, or options of the command. */
  readonly inputs?: readonly string[];
  /** Projects whose tasks of Nx build their images; none stands for all. */
  readonly projects?: readonly string[];
  /** Targets of bake or services of compose that it builds. */
  readonly declared?: {
    readonly kind: 'bake' | 'compose';
    readonly files: readonly string[];
    readonly names: readonly string[];
  };
  /** What it is pushed as, with `unknownPart` for what is not known. */
  readonly references: readonly string[];
  readonly cacheTo: readonly CacheUse[];
  /** The lists of paths that decide whether it runs. */
  readonly lists: readonly PathList[];
}

/** Where the cache of a build goes. */
export interface CacheUse {
  readonly text: string;
  readonly place: Place;
}

/** A step with docker/metadata-action. */
export interface MetadataStep {
  readonly id: string;
  readonly job: string;
  readonly workflow: FilteredWorkflow;
  readonly images: readonly string[];
  /** Lines of `tags`. */
  readonly tags: readonly PlacedText[];
  readonly flavor: readonly string[];
  readonly labels: readonly string[];
  readonly annotations: readonly string[];
  readonly place: Place;
}

export interface PlacedText {
  readonly text: string;
  readonly place: Place;
}

/** The script of a step or a job. */
export interface AuditedScript {
  readonly job: string;
  readonly text: string;
  /** Of the key, or of the first line of a block. */
  readonly place: Place;
  readonly env: Readonly<Record<string, string>>;
}

export interface ActionUse {
  /** `docker/build-push-action` */
  readonly action: string;
  /** Behind the `@`. */
  readonly ref: string;
  readonly place: Place;
}
