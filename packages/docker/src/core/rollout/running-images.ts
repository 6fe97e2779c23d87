import type { PodObject } from './kube-objects.js';

/** What one container of one pod runs. */
export interface RunningImage {
  readonly pod: string;
  readonly container: string;
  /** Of an index, of the manifest of one platform, or the id of an image that no registry named. */
  readonly digest: string;
}

/** The images of some containers, as far as the cluster knows them already. */
export function runningImages(pods: readonly PodObject[], containers: ReadonlySet<string>): RunningImage[] {
  return pods.flatMap(({ metadata, status = {} }) =>
    [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].flatMap(
      ({ name = '', imageID = '' }) => {
        // Containerd and CRI-O: `name@sha256:…`; Docker: `docker-pullable://name@sha256:…`, `docker://sha256:…`.
        const [digest] = /sha256:[0-9a-f]{64}$/.exec(imageID) ?? [];
        return containers.has(name) && digest ? [{ pod: metadata?.name ?? '', container: name, digest }] : [];
      },
    ),
  );
}
