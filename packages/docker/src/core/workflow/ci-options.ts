/** How images are built and published in CI: the `ci` key of the plugin's options. */
export interface CiOptions {
  /** Default: `github`. */
  readonly provider?: CiProvider;
  /** `matrix`: one job per image and platform. `single`: all images on one runner. Default: `matrix`. */
  readonly strategy?: 'matrix' | 'single';
  /** The branch whose images are published. Default: `defaultBase` in nx.json, or `main`. */
  readonly branch?: string;
  /** Git tags that publish a release, as a filter pattern of the provider. Default: `v*`. */
  readonly tagPattern?: string;
  /** A cron line in UTC: a run that builds what the registry lacks, and what a base image moved for. Default: none. */
  readonly schedule?: string;
  /** The runner for each platform. Default: GitHub's own for `linux/amd64` and `linux/arm64`. */
  readonly runners?: Readonly<Record<string, string>>;
  /** Where build steps are cached. Default: `gha` up to five images, else `registry`. */
  readonly cache?: CiCache;
  /** How much of the build the provenance tells. Default: `min`. */
  readonly provenance?: 'min' | 'max' | 'none';
  /** Adds a list of packages to each image. Default: false. */
  readonly sbom?: boolean;
  /** Signs what was published with GitHub's attestations. Default: false. */
  readonly attest?: boolean;
  /** How image references in Kubernetes manifests are updated. Default: `commit` where `kubernetes.paths` is set. */
  readonly references?: 'commit' | 'pull-request' | 'none';
  /** Of the jobs' own Node. Default: `22`. */
  readonly nodeVersion?: string;
  /** Of a job that builds images. Default: 60. */
  readonly timeoutMinutes?: number;
  /** Matrix entries of all waves together; more images are packed into batches. Default: 256, GitHub's limit. */
  readonly maxJobs?: number;
  /** For a registry other than the provider's own: the names of a variable and of a secret. */
  readonly registryLogin?: { readonly username: string; readonly password: string };
  /** Commits of actions in place of the built-in ones: `<40 hex digits> # v1.2.3`, by action. */
  readonly pins?: Readonly<Record<string, string>>;
}

export type CiProvider = 'github' | 'gitlab';
export type CiCache = 'gha' | 'registry' | 'none';
