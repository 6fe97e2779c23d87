import type { NxJsonConfiguration } from '@nx/devkit';
import { DockerPluginError, type Problem } from '../../core/errors.js';
import { parseImageRef } from '../../core/image/parse-image-ref.js';
import { planWaves } from '../../core/plan/plan-waves.js';
import { signingShape } from '../../core/signing/signing-shape.js';
import type { CiOptions } from '../../core/workflow/ci-options.js';
import type { WorkflowShape } from '../../core/workflow/workflow-shape.js';
import type { Workspace } from '../../nx/workspace.js';
import type { WorkspaceImage } from '../../nx/workspace-images.js';
import { readListedImages, readPluginOptions } from '../images/open-images.js';
import { readNxJson } from '../images/plugin-entries.js';
import { readPackageManager } from './package-manager.js';

/**
 * Reads all that the workflow of a workspace depends on.
 *
 * @throws DockerPluginError OPTIONS_INVALID where the options are wrong, or images have no registry to be published to.
 */
export async function readWorkflowShape(workspace: Workspace): Promise<WorkflowShape> {
  const { images, problems } = await readListedImages(workspace);
  if (problems.length > 0) throw new DockerPluginError(problems);
  const { ci = {}, kubernetes, publish } = readPluginOptions(workspace);
  const registries = unique(images.map(({ image }) => registryOf(image.image)));
  requireRegistries(images, ci, registries);
  return {
    images: images.length,
    waves: Math.max(1, planWaves(images.map(toNode), images.flatMap(toEdges)).length),
    targets: unique(images.map(({ image }) => image.targetName)),
    platforms: unique(images.flatMap(({ image }) => image.options.platforms ?? [])),
    registries,
    hasKubernetes: (kubernetes?.paths ?? []).length > 0,
    ...(publish?.sign && { signing: signingShape(publish.sign) }),
    ...(kubernetes?.verify && { verifies: true }),
    defaultBranch: defaultBranchOf(readNxJson(workspace)),
    options: ci,
    packageManager: readPackageManager(workspace),
    node: readNodeVersion(workspace, ci),
  };
}

function toNode({ image }: WorkspaceImage): { id: string } {
  return { id: idOf(image) };
}

function toEdges({ image, bases }: WorkspaceImage): { from: string; to: string }[] {
  return bases.map((base) => ({ from: idOf(image), to: idOf(base.image) }));
}

function idOf({ projectName, targetName }: WorkspaceImage['image']): string {
  return `${projectName}:${targetName}`;
}

function registryOf(image: string): string {
  return parseImageRef(image).ref?.domain ?? '';
}

function requireRegistries(
  images: readonly WorkspaceImage[],
  { registryLogin, provider }: CiOptions,
  registries: readonly string[],
): void {
  const bare = images.find(({ image }) => !image.image.includes('/'));
  if (bare)
    throw invalid(
      `the image ${bare.image.image} of ${bare.image.dockerfilePath} has no registry, so that CI cannot publish it`,
      'give the plugin the option registry in nx.json, such as ghcr.io/<owner>',
    );
  const foreign = registries.find((registry) => registry !== 'ghcr.io' && !isLoopback(registry));
  if (provider !== 'gitlab' && foreign !== undefined && registryLogin === undefined)
    throw invalid(
      `GitHub's own token cannot log in to ${foreign}`,
      'give the plugin the option ci.registryLogin in nx.json: the names of a variable and of a secret',
    );
}

/** A registry on the runner itself, as in tests. */
function isLoopback(registry: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(registry);
}

function invalid(message: string, fix: string): DockerPluginError {
  const problem: Problem = { code: 'OPTIONS_INVALID', severity: 'error', message, fix };
  return new DockerPluginError(problem);
}

function defaultBranchOf({
  defaultBase,
  affected,
}: NxJsonConfiguration & { affected?: { defaultBase?: string } }) {
  return defaultBase ?? affected?.defaultBase ?? 'main';
}

function readNodeVersion({ readText }: Workspace, { nodeVersion }: CiOptions): WorkflowShape['node'] {
  if (nodeVersion !== undefined) return { version: nodeVersion };
  const file = ['.nvmrc', '.node-version'].find((path) => readText(path) !== undefined);
  return file === undefined ? { version: '22' } : { file };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => value !== '').sort();
}
