import { explainContainer, type PodAndEvents } from './explain-container.js';
import { explainExit } from './explain-exit.js';
import { type Finding, oneLine } from './finding.js';
import type { ContainerStatus, EventObject, PodObject } from './kube-objects.js';
import { describeCommand, logsCommand } from './pod-commands.js';

/**
 * Explains in plain words what keeps a pod from running, or from being ready. Nothing for a pod that does its work, and
 * for one that has ended or is about to.
 *
 * @param events Of the pod: older clusters say only there why a pull or a volume failed.
 */
export function explainPod(pod: PodObject, events: readonly EventObject[] = []): Finding[] {
  const { metadata = {}, status = {} } = pod;
  if (metadata.deletionTimestamp !== undefined) return [];
  if (status.phase === 'Succeeded' || status.phase === 'Failed') return [];
  const pods = [metadata.name ?? ''];
  const about = {
    pod,
    events: events.filter(({ involvedObject }) => involvedObject?.name === metadata.name),
  };
  const scheduling = explainScheduling(pod);
  const found = scheduling ? [scheduling] : explainContainers(about);
  return found.map((finding) => ({ ...finding, pods }));
}

function explainScheduling({ status = {} }: PodObject): Finding | undefined {
  const condition = status.conditions?.find(({ type }) => type === 'PodScheduled');
  if (condition?.status !== 'False') return undefined;
  const said = oneLine(condition.message ?? '');
  const isShort = /insufficient/i.test(said);
  return {
    severity: 'error',
    reason: condition.reason ?? 'Unschedulable',
    message: `no node can take it${said && `: ${said.replace(/^\d+\/\d+ nodes are available: /, '').replace(/\.$/, '')}`}`,
    fix: isShort
      ? 'lower resources.requests, or add nodes'
      : 'compare its nodeSelector, affinity, tolerations and volumes with what the nodes offer',
  };
}

/** Init containers run one after the other, before all others. */
function explainContainers(about: PodAndEvents): Finding[] {
  const { initContainerStatuses = [], containerStatuses = [] } = about.pod.status ?? {};
  const inits = initContainerStatuses.flatMap((status) => explainContainer(status, about) ?? []);
  const unfinished = initContainerStatuses.find(({ state, started }) => state?.running && started !== true);
  if (inits.length === 0 && unfinished) return [stillRuns(unfinished)];
  const main = containerStatuses.flatMap((status) => explainContainer(status, about) ?? []);
  const told = [...inits, ...main];
  if (told.length > 0) return told;
  const isWaiting = containerStatuses.some(({ state }) => state?.waiting);
  if (isWaiting || about.pod.status?.phase === 'Pending') return [explainWaiting(about)];
  return containerStatuses.flatMap((status) => explainUnready(status, about.pod) ?? []);
}

function stillRuns({ name = '' }: ContainerStatus): Finding {
  return {
    severity: 'error',
    reason: 'PodInitializing',
    container: name,
    message: 'the init container still runs',
    fix: `wait, or read what it does with kubectl logs --container=${name}`,
  };
}

function explainWaiting({ pod, events }: PodAndEvents): Finding {
  const event = events.findLast(({ reason = '' }) =>
    /^Failed(?:Mount|AttachVolume|CreatePodSandBox)$/.test(reason),
  );
  const said = oneLine(event?.message ?? '');
  const what = event?.reason === 'FailedCreatePodSandBox' ? 'its network or sandbox' : 'its volumes';
  return {
    severity: 'error',
    reason: event?.reason ?? 'ContainerCreating',
    message: event ? `it waits for ${what}: ${said}` : 'it is being created',
    fix: event ? 'correct what the message names' : `wait, or see ${describeCommand(pod)}`,
  };
}

function explainUnready(status: ContainerStatus, pod: PodObject): Finding | undefined {
  const { name = '', ready, started, restartCount = 0, lastState = {} } = status;
  if (ready !== false) return undefined;
  const probe = started === false ? 'startup' : 'readiness';
  const ended = lastState.terminated;
  const before = ended ? `; ${restartCount} restarts, before: ${explainExit(ended, '').message}` : '';
  return {
    severity: 'error',
    reason: 'NotReady',
    container: name,
    message: `it runs and is not ready: its ${probe} probe does not succeed${before}`,
    fix: `see ${describeCommand(pod)}, and ${logsCommand(pod, name)}`,
  };
}
