import { compareImages, type ImageVerdict, type SameImages } from './compare-images.js';
import { currentPods } from './current-pods.js';
import { explainPod } from './explain-pod.js';
import { podContainers } from './find-workloads.js';
import { type Finding, mergeFindings, oneLine } from './finding.js';
import type { EventObject, KubeObject, PodObject, WorkloadObject } from './kube-objects.js';
import { rolloutProgress } from './rollout-progress.js';
import { isWanted, type WantedImage } from './wanted-image.js';
import { type Workload, workloadName } from './workload.js';

/** What was read of a workload. */
export interface WorkloadFacts {
  readonly workload: Workload;
  /** By the name of the container. */
  readonly wanted: ReadonlyMap<string, WantedImage>;
  /** Left out where the cluster has none. */
  readonly object?: WorkloadObject;
  readonly replicaSets: readonly KubeObject[];
  readonly pods: readonly PodObject[];
  readonly events: readonly EventObject[];
  /** How waiting ended; left out where nobody waited. */
  readonly waited?: { readonly isComplete: boolean; readonly message: string };
}

export interface WorkloadStatus {
  readonly kind: Workload['kind'];
  readonly name: string;
  readonly namespace?: string;
  /** True if it runs what was wanted. */
  readonly isRunning: boolean;
  readonly pods: { readonly wanted: number; readonly updated: number; readonly available: number };
  readonly images: readonly ImageVerdict[];
  readonly findings: readonly Finding[];
}

/** Decides if a workload runs what was wanted, and says what keeps it from that. */
export function assessWorkload(facts: WorkloadFacts, same: SameImages): WorkloadStatus {
  const { workload, object } = facts;
  const about = {
    kind: workload.kind,
    name: workload.name,
    ...(workload.namespace !== undefined && { namespace: workload.namespace }),
  };
  if (!object)
    return {
      ...about,
      isRunning: false,
      pods: { wanted: 0, updated: 0, available: 0 },
      images: [],
      findings: [notThere(workload)],
    };
  const { current, old } = currentPods(object, facts.replicaSets, facts.pods);
  const progress = rolloutProgress(object);
  const isComplete = facts.waited?.isComplete ?? progress.isComplete;
  const compared = compareImages(current, facts.wanted, same);
  const findings = mergeFindings([
    ...explainTemplate(facts),
    ...(isComplete ? [] : explainRollout(facts, progress.message)),
    ...(isComplete || old.length === 0 ? [] : [stillServes(old, current.length)]),
    ...current.flatMap((pod) => explainPod(pod, facts.events)),
    ...(progress.wanted === 0 ? [nothingRuns] : []),
    ...compared.findings,
  ]);
  return {
    ...about,
    isRunning: isComplete && findings.every(({ severity }) => severity !== 'error'),
    pods: { wanted: progress.wanted, updated: progress.updated, available: progress.available },
    images: compared.images,
    findings,
  };
}

const nothingRuns: Finding = {
  severity: 'note',
  reason: 'NoPods',
  message: 'no pod is wanted, so nothing runs',
  fix: 'set replicas if something should run',
};

/** True where all containers of the cluster's object name what is wanted, so that a rollout of it can be waited for. */
export function namesWanted(facts: TemplateFacts): boolean {
  return otherImages(facts).length === 0;
}

type TemplateFacts = Pick<WorkloadFacts, 'object' | 'wanted'>;

function otherImages({ object, wanted }: TemplateFacts) {
  const containers = podContainers(object?.spec?.template?.spec);
  return [...wanted].flatMap(([container, image]) => {
    const found = containers.find(({ name }) => name === container)?.image;
    return found !== undefined && isWanted(found, image) ? [] : [{ container, image, found }];
  });
}

function explainTemplate(facts: TemplateFacts): Finding[] {
  return otherImages(facts).map(({ container, image, found }) => ({
    severity: 'error',
    reason: 'OtherImage',
    container,
    message:
      found === undefined
        ? 'the cluster has no such container'
        : `the cluster is told to run ${found}, not ${image.reference}`,
    fix: 'apply the manifests, or look what keeps Argo CD or Flux from it',
  }));
}

function explainRollout({ object, waited }: WorkloadFacts, progress: string): Finding[] {
  const conditions = object?.status?.conditions ?? [];
  const failure = conditions.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True');
  const deadline = conditions.find(
    ({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
  );
  const detail = waited?.message;
  const findings: Finding[] = [];
  if (object?.spec?.paused)
    findings.push({
      severity: 'error',
      reason: 'Paused',
      message: 'its rollout is paused',
      fix: `run kubectl rollout resume ${object.kind?.toLowerCase()}/${object.metadata?.name}`,
    });
  if (failure)
    findings.push({
      severity: 'error',
      reason: failure.reason ?? 'FailedCreate',
      message: `pods cannot be created: ${oneLine(failure.message ?? '')}`,
      fix: 'correct what the message names: a quota, a policy or a webhook',
    });
  const what = progress || detail || 'it is not done';
  findings.push({
    severity: 'error',
    reason: deadline ? 'ProgressDeadlineExceeded' : 'Incomplete',
    message: deadline
      ? `its rollout made no progress within progressDeadlineSeconds: ${what}`
      : `its rollout is not done: ${what}`,
    fix: 'see below, or else wait longer with --timeout',
    ...(detail && { detail: oneLine(detail) }),
  });
  return findings;
}

function stillServes(old: readonly PodObject[], current: number): Finding {
  const names = old.map(({ metadata }) => metadata?.name ?? '');
  return {
    severity: 'error',
    reason: 'OldRevision',
    pods: names,
    message: `${names.length} ${names.length === 1 ? 'pod' : 'pods'} of an earlier revision still ${names.length === 1 ? 'serves' : 'serve'}, beside ${current} of the new one`,
    fix: 'correct what keeps the new ones from running, or go back with moltbook-docker k8s rollback',
  };
}

function notThere(workload: Workload): Finding {
  const where = workload.namespace === undefined ? '' : ` in the namespace ${workload.namespace}`;
  return {
    severity: 'error',
    reason: 'NotFound',
    message: `the cluster has no ${workloadName(workload)}${where}`,
    fix: 'apply the manifests, or name the right --context and --namespace',
  };
}
