import type { CiCache } from './ci-options.js';
import { execPrefix } from './package-manager.js';
import type { WorkflowShape } from './workflow-shape.js';

/** A shape with every default filled in. */
export interface WorkflowSettings {
  readonly branch: string;
  readonly tagPattern: string;
  readonly isSingle: boolean;
  readonly cache: CiCache;
  readonly references: 'commit' | 'pull-request' | 'none';
  readonly maxJobs: number;
  readonly timeoutMinutes: number;
  /** Of jobs that build nothing. */
  readonly runner: string;
  /** One for each platform that is built. */
  readonly runners: Readonly<Record<string, string>>;
  /** Platforms that no runner has of its own. */
  readonly emulated: readonly string[];
  /** True if ghcr.io takes the token of the workflow. */
  readonly usesGithubRegistry: boolean;
  /** How the command line of this plugin is called. */
  readonly cli: string;
}

const defaultRunner = 'ubuntu-24.04';

/** GitHub's own machines, by what they run without emulation. */
const nativeRunners: Readonly<Record<string, string>> = {
  'linux/amd64': defaultRunner,
  'linux/arm64': 'ubuntu-24.04-arm',
};

/** Above this number the caches of all images push each other out of the 10 GB that GitHub gives a repository. */
const mostImagesInGithubCache = 5;

export function workflowSettings(shape: WorkflowShape): WorkflowSettings {
  const { options, platforms, images, registries, hasKubernetes } = shape;
  const given = { ...nativeRunners, ...options.runners };
  const runner = given['linux/amd64'] ?? defaultRunner;
  const isSingle = options.strategy === 'single';
  return {
    branch: options.branch ?? shape.defaultBranch,
    tagPattern: options.tagPattern ?? 'v*',
    isSingle,
    cache: options.cache ?? (images > mostImagesInGithubCache ? 'registry' : 'gha'),
    references: options.references ?? (hasKubernetes ? 'commit' : 'none'),
    maxJobs: options.maxJobs ?? 256,
    timeoutMinutes: options.timeoutMinutes ?? 60,
    runner,
    runners: Object.fromEntries(
      (platforms.length > 0 ? platforms : ['linux/amd64']).map((platform) => [
        platform,
        isSingle ? runner : (given[platform] ?? runner),
      ]),
    ),
    emulated: platforms.filter((platform) => (isSingle ? platform !== 'linux/amd64' : !given[platform])),
    usesGithubRegistry: registries.includes('ghcr.io') && options.registryLogin === undefined,
    cli: `${execPrefix(shape.packageManager)} moltbook-docker`,
  };
}
