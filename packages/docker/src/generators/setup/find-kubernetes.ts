import { findImages } from '../../core/manifest/find-images.js';
import { kubernetesFolders } from '../../core/setup/kubernetes-folders.js';
import type { Workspace } from '../../nx/workspace.js';
import { manifestFiles } from '../../reports/references/manifest-files.js';

const kustomization = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;
const workload = /^kind:\s*["']?(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|Job|CronJob|Rollout)\b/m;
const notClusters = /^\.|(?:^|\/)(?:(?:docker-)?compose[^/]*\.ya?ml|fixtures?\/|__fixtures__\/|testdata\/)/;

/**
 * Finds the folders with Kubernetes manifests, and tells those whose manifests name an image.
 *
 * @param names What the images are or will be called, without a registry.
 */
export function findKubernetes(workspace: Workspace, names: readonly string[]) {
  const { index, readText } = workspace;
  if (index.paths.length === 0) return { folders: [], withoutImages: [] };
  const last = new Set(names.map(lastPart));
  const manifests = manifestFiles(workspace, ['.']).flatMap((path) => {
    if (notClusters.test(path)) return [];
    const text = readText(path) ?? '';
    if (!kustomization.test(path) && !(/^apiVersion:/m.test(text) && workload.test(text))) return [];
    const { fields } = findImages(text, { file: path });
    return [{ path, namesImage: fields.some(({ repository }) => last.has(lastPart(repository))) }];
  });
  return kubernetesFolders(manifests, index.paths);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
