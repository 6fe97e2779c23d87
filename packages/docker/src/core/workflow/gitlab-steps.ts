import { installCommand, type PackageManager } from './package-manager.js';
import { workflowSettings } from './workflow-settings.js';
import type { WorkflowShape } from './workflow-shape.js';
import { shellWord } from './yaml-text.js';

/** Has Docker, buildx and the package manager apk, by which Node comes. */
export const dockerImage = 'docker:28.5.2';

/** Where the plan leaves its files. */
export const planFolder = 'ci-images';

/** What all jobs begin with. */
export function prepareScript({ packageManager }: WorkflowShape): string[] {
  return [
    'apk add --no-cache bash git nodejs npm',
    ...managerScript(packageManager),
    installCommand(packageManager),
  ];
}

function managerScript({ name, version = '10' }: PackageManager): string[] {
  switch (name) {
    case 'npm':
      return [];
    case 'berry':
      return ['npm install --global corepack', 'corepack enable'];
    case 'pnpm':
      return [`npm install --global pnpm@${shellWord(version)}`];
    default:
      return [`npm install --global ${name}`];
  }
}

/** Logs in to every registry: with the job's own token to GitLab's, else with the variables of the options. */
export function loginScript({ registries, options }: WorkflowShape): string[] {
  const names = options.registryLogin;
  const own = ['CI_REGISTRY_USER', 'CI_REGISTRY_PASSWORD', '"$CI_REGISTRY"'];
  const logins = names
    ? registries.map((registry) => [names.username, names.password, shellWord(registry)])
    : [own];
  return logins.map(
    ([username, password, registry]) =>
      `printf '%s' "$${password}" | docker login --username "$${username}" --password-stdin ${registry}`,
  );
}

/** The cache for a pipeline of GitLab, which has none for the steps of a build. */
export function gitlabCache(shape: WorkflowShape): 'registry' | 'none' {
  return workflowSettings(shape).cache === 'none' ? 'none' : 'registry';
}

/** Tags that choose a runner for a platform; none where any one does. */
export function runnerTags({ options }: WorkflowShape, platform: string | null): string[] {
  const own = platform === null ? undefined : options.runners?.[platform];
  if (own !== undefined) return [own];
  return platform === 'linux/arm64' ? ['saas-linux-small-arm64'] : [];
}
