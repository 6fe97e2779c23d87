import type { SecretOption } from './plugin-options.js';

/** The options of the `@moltbook/docker:build` executor, as `schema.json` beside it describes them. */
export interface BuildExecutorOptions {
  /** Workspace-relative path of the Dockerfile. */
  readonly dockerfile: string;
  /** Workspace-relative folder, `.` for the workspace root. */
  readonly buildContext: string;
  /** Registry and repository of the image, without a tag. */
  readonly image: string;
  /** Tags the built image gets. Default: `local`, and none for an image that is pushed. */
  readonly tags?: readonly string[];
  readonly targetStage?: string;
  readonly buildArgs?: Readonly<Record<string, string | null>>;
  readonly platforms?: readonly string[];
  readonly secrets?: readonly SecretOption[];
  readonly namedContexts?: Readonly<Record<string, string>>;
  /** Images of this workspace that the Dockerfile names, by the reference as it is written there. */
  readonly bases?: Readonly<Record<string, BaseOption>>;
  readonly onbuild?: Readonly<Record<string, readonly string[]>>;
  readonly strict?: boolean;
  /** Show the exact command and do nothing. */
  readonly print?: boolean;
  /** Build also where an image of these inputs is there. */
  readonly force?: boolean;
  /** Build every step anew. */
  readonly noCache?: boolean;
  /** Ask the registry for newer base images. */
  readonly pull?: boolean;
  /** Ask which digests the external base images have now, and build where one of them moved. */
  readonly refreshBases?: boolean;
  /** `auto`, `plain`, `tty` or `rawjson`. */
  readonly progress?: string;
  /** Push to the registry: under the tags, or by digest alone where none are given. */
  readonly push?: boolean;
  /** Push under the names that the plugin's option `publish` gives to the commit. */
  readonly publish?: boolean;
  /** Caches of buildx to read, `type=gha,scope=api`; one, or a list. */
  readonly cacheFrom?: string | readonly string[];
  /** Caches of buildx to write; one, or a list. */
  readonly cacheTo?: string | readonly string[];
  readonly provenance?: 'min' | 'max' | 'none';
  readonly sbom?: boolean;
  /** Labels of the image, each `name=value`; one, or a list. */
  readonly labels?: string | readonly string[];
  /** Annotations of what is pushed, each `name=value`, with the levels of buildx before it; one, or a list. */
  readonly annotations?: string | readonly string[];
}

export interface BaseOption {
  /** Registry and repository, without a tag. */
  readonly image: string;
  /** Workspace-relative path of the record that its build leaves. */
  readonly record: string;
}
