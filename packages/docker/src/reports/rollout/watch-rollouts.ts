import { setTimeout } from 'node:timers/promises';
import type { PublishedRecord } from '../../core/build/published-record.js';
import {
  assessWorkload,
  namesWanted,
  type WorkloadFacts,
  type WorkloadStatus,
} from '../../core/rollout/assess-workload.js';
import { unlikeDigests } from '../../core/rollout/compare-images.js';
import { currentPods } from '../../core/rollout/current-pods.js';
import type { ClusterOptions } from '../../core/rollout/kubectl-commands.js';
import type { WantedImage } from '../../core/rollout/wanted-image.js';
import { type Workload, workloadId } from '../../core/rollout/workload.js';
import { eachLimited } from '../../host/each-limited.js';
import { type Cluster, openCluster } from '../../host/kubectl/open-cluster.js';
import { findSameImages } from './find-same-images.js';
import { findWanted } from './find-wanted.js';

export interface WatchOptions extends ClusterOptions {
  /** What was published; left out, the manifests say what is wanted. */
  readonly records: readonly PublishedRecord[];
  /** Milliseconds for all rollouts together; 0 looks once and does not wait. */
  readonly timeout: number;
  /** Gets what happens meanwhile, one line at a time. */
  readonly say: (line: string) => void;
}

/**
 * Waits for the rollouts of some workloads, all at once with one deadline, and compares what their pods run with what was
 * wanted. Where the cluster does not name the wanted images yet, somebody else is to apply them: that is waited for too.
 *
 * @throws DockerPluginError KUBECTL_MISSING, CLUSTER_FAILED
 */
export async function watchRollouts(
  workloads: readonly Workload[],
  options: WatchOptions,
): Promise<WorkloadStatus[]> {
  const cluster = await openCluster(options);
  const deadline = Date.now() + options.timeout;
  const wanted = await findWanted(workloads, options);
  const facts = await watchAll(workloads, (workload, signal) =>
    watchOne({ workload, wanted: wanted.get(workload) ?? new Map(), cluster, deadline, options, signal }),
  );
  const unlike = facts.flatMap(({ object, replicaSets, pods, wanted: images }) =>
    object ? unlikeDigests(currentPods(object, replicaSets, pods).current, images) : [],
  );
  const same = await findSameImages(unlike);
  return facts.map((each) => assessWorkload(each, same));
}

/** Where one fails, nobody goes on waiting for the others. */
async function watchAll<T>(
  workloads: readonly Workload[],
  watch: (workload: Workload, signal: AbortSignal) => Promise<T>,
): Promise<T[]> {
  const controller = new AbortController();
  try {
    return await eachLimited(workloads, (workload) => watch(workload, controller.signal), 32);
  } finally {
    controller.abort();
  }
}

interface Watch {
  readonly workload: Workload;
  readonly wanted: ReadonlyMap<string, WantedImage>;
  readonly cluster: Cluster;
  readonly deadline: number;
  readonly options: WatchOptions;
  readonly signal: AbortSignal;
}

async function watchOne(watch: Watch): Promise<WorkloadFacts> {
  const { workload, wanted, cluster, options } = watch;
  const about = { workload, wanted };
  const nothing = { ...about, replicaSets: [], pods: [], events: [] };
  const isThere = await waitUntilNamed(watch);
  if (isThere === 'missing') return nothing;
  const waited = isThere === 'named' && options.timeout > 0 ? await waitForRollout(watch) : undefined;
  const object = await cluster.read(workload);
  if (!object) return nothing;
  const found = await cluster.readPods(workload, object);
  const facts: WorkloadFacts = { ...about, object, ...found, events: [], ...(waited && { waited }) };
  const isWell = assessWorkload(facts, new Map()).findings.every(({ reason }) => reason === 'OtherDigest');
  return isWell ? facts : { ...facts, events: await cluster.readEvents(workload) };
}

const pause = 2_000;

/** Waits until the object in the cluster names what is wanted; a GitOps controller may take a while. */
async function waitUntilNamed({ workload, wanted, cluster, deadline, options, signal }: Watch) {
  for (let isTold = false; ; isTold = true) {
    const object = await cluster.read(workload);
    if (!object) return 'missing';
    if (namesWanted({ object, wanted })) return 'named';
    const left = deadline - Date.now();
    if (left <= 0) return 'other';
    if (!isTold)
      options.say(`${workloadId(workload)}: waits until the cluster is told to run the wanted image`);
    await setTimeout(Math.min(pause, left), undefined, { signal });
  }
}

async function waitForRollout({ workload, cluster, deadline, options, signal }: Watch) {
  const left = Math.max(1_000, deadline - Date.now());
  const onLine = (line: string) => options.say(`${workloadId(workload)}: ${line}`);
  const { exitCode, message } = await cluster.wait(workload, { timeout: left, onLine, signal });
  if (exitCode === 0) return { isComplete: true, message };
  // A rollout that waits for somebody to delete pods is judged by what the cluster counts.
  if (/only available for RollingUpdate/i.test(message)) return undefined;
  return { isComplete: false, message };
}
