import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerPluginError, type Problem } from '../../core/errors.js';
import { repositoryOf } from '../../core/manifest/loose-ref.js';
import { findWorkloads } from '../../core/rollout/find-workloads.js';
import { sortFiles } from '../../core/rollout/sort-files.js';
import { type Workload, workloadId } from '../../core/rollout/workload.js';
import { findKustomize } from '../../host/find-kustomize.js';
import { openImages, readPluginOptions } from '../images/open-images.js';
import { manifestFiles } from '../references/manifest-files.js';
import { readKustomizations } from '../references/read-kustomizations.js';

export interface ReadWorkloads {
  /** In the order of files; none twice. */
  readonly workloads: readonly Workload[];
  /** Objects with images of the workspace that nobody can wait for. */
  readonly unwatched: readonly string[];
}

/**
 * Finds the workloads that run images of a workspace, in its manifests as a cluster gets them: each kustomization that no
 * other one takes is built, and gives namespaces, names and versions; all other files count as they are.
 *
 * @param paths Workspace-relative files, folders and globs. Default: the plugin's `kubernetes.paths`.
 * @throws DockerPluginError OPTIONS_INVALID for wrong paths and where there is no workload, MANIFEST_INVALID,
 *   KUBECTL_MISSING where a kustomization has to be built and nothing can.
 */
export async function readWorkloads(root: string, paths?: readonly string[]): Promise<ReadWorkloads> {
  const { workspace, images } = await openImages(root);
  const meant = paths ?? readPluginOptions(workspace).kubernetes?.paths ?? [];
  const files = manifestFiles(workspace, meant);
  const known = new Set(images.map(({ image }) => repositoryOf(image.image) ?? image.image));
  const { built, plain } = sortFiles(files, readKustomizations(workspace, root));
  const texts = [...(await buildAll(root, built)), ...plain.map((file) => readPlain(root, file))];
  const found = texts.map(({ file, text }) => findWorkloads(text, { file, known }));
  const problems = found.flatMap((each) => each.problems);
  if (problems.length > 0) throw new DockerPluginError(problems);
  const workloads = distinct(found.flatMap((each) => each.workloads));
  const unwatched = [...new Set(found.flatMap((each) => each.unwatched))];
  if (workloads.length === 0) throw new DockerPluginError(noWorkload(meant, unwatched));
  return { workloads, unwatched };
}

interface ManifestText {
  readonly file: string;
  readonly text: string;
}

/** One after the other: each may fetch a base. */
async function buildAll(root: string, files: readonly string[]): Promise<ManifestText[]> {
  if (files.length === 0) return [];
  const kustomize = await findKustomize();
  if (!kustomize) throw new DockerPluginError(noKustomize);
  const texts: ManifestText[] = [];
  for (const file of files) {
    const { text, reason = '' } = await kustomize.build(join(root, file, '..'));
    if (text === undefined) throw new DockerPluginError(notBuilt(file, kustomize.name, reason));
    texts.push({ file, text });
  }
  return texts;
}

function readPlain(root: string, file: string): ManifestText {
  return { file, text: readFileSync(join(root, file), 'utf8') };
}

/** Two environments that do not differ in namespaces cannot both be meant. */
function distinct(workloads: readonly Workload[]): Workload[] {
  const byId = new Map<string, Workload>();
  for (const workload of workloads) {
    const id = workloadId(workload);
    const other = byId.get(id);
    if (other && JSON.stringify(other) !== JSON.stringify(workload)) throw new DockerPluginError(twice(id));
    byId.set(id, workload);
  }
  return [...byId.values()];
}

const noKustomize: Problem = {
  code: 'KUBECTL_MISSING',
  severity: 'error',
  message: 'neither kustomize nor kubectl is in PATH, and a kustomization has to be built',
  fix: 'install kubectl: https://kubernetes.io/docs/tasks/tools',
};

function notBuilt(file: string, name: string, reason: string): Problem {
  return {
    code: 'MANIFEST_INVALID',
    severity: 'error',
    message: `${name} cannot build ${file}: ${reason}`,
    fix: 'correct it until it can be built',
    place: { file, line: 1, column: 1 },
  };
}

function noWorkload(paths: readonly string[], unwatched: readonly string[]): Problem {
  const others = unwatched.length > 0 ? `, but for ${unwatched.join(', ')}, which are not watched` : '';
  return {
    code: 'OPTIONS_INVALID',
    severity: 'error',
    message: `no Deployment, StatefulSet or DaemonSet in ${paths.join(', ')} runs an image of the workspace${others}`,
    fix: 'name the files or folders with the manifests of the workloads',
  };
}

function twice(id: string): Problem {
  return {
    code: 'OPTIONS_INVALID',
    severity: 'error',
    message: `two manifests give ${id}, and not the same`,
    fix: 'name the folder of one environment, as in moltbook-docker k8s status k8s/overlays/production',
  };
}
