import { explainExit } from './explain-exit.js';
import { explainPull } from './explain-pull.js';
import { podContainers } from './find-workloads.js';
import { type Finding, oneLine } from './finding.js';
import type { ContainerStatus, EventObject, PodObject } from './kube-objects.js';

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

interface PodAndEvents {
  readonly pod: PodObject;
  readonly events: readonly EventObject[];
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

function explainContainer(status: ContainerStatus, about: PodAndEvents): Finding | undefined {
  const { name = '', state = {} } = status;
  const { reason = '', message = '' } = state.waiting ?? {};
  const image = imageOf(status, about.pod);
  const finding = (text: string, fix: string, cause?: string): Finding => ({
    severity: 'error',
    reason,
    ...(cause !== undefined && { cause }),
    container: name,
    message: text,
    fix,
    ...(message !== '' && { detail: oneLine(message) }),
  });
  switch (reason) {
    case '':
    case 'ContainerCreating':
    case 'PodInitializing':
      return explainEnd(status, about.pod);
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'RegistryUnavailable':
    case 'ImageInspectError': {
      const said = pullMessage(message, image, about.events);
      const pull = explainPull(said);
      return {
        ...finding(`${image} cannot be pulled: ${pull.message}`, pull.fix, pull.cause),
        detail: oneLine(said),
      };
    }
    case 'SignatureValidationFailed':
      return finding(
        `the signature of ${image} is not what the node asks for`,
        'sign the image, or correct the policy of the node',
      );
    case 'InvalidImageName':
      return finding(
        `${JSON.stringify(image)} is no reference of an image`,
        'correct it in the manifest, or in what fills it in',
      );
    case 'ErrImageNeverPull':
      return finding(
        `imagePullPolicy is Never, and the node does not have ${image}`,
        'set imagePullPolicy to IfNotPresent, or load the image into the node',
      );
    case 'CreateContainerConfigError':
      return finding(
        `it cannot be configured: ${oneLine(message) || 'a setting is missing'}`,
        fixOfConfig(message),
      );
    case 'CrashLoopBackOff':
      return explainCrash(status, about.pod);
    default:
      return finding(
        `it cannot be started: ${oneLine(message) || reason}`,
        `see kubectl describe ${podPath(about.pod)}`,
      );
  }
}

/** `Back-off pulling image` alone does not say why; an event of the failed pull does. */
function pullMessage(message: string, image: string, events: readonly EventObject[]): string {
  if (message !== '' && !/^Back-off pulling image "[^"]*"$/.test(message)) return message;
  const event = events.findLast(
    ({ reason, message: said = '' }) =>
      reason === 'Failed' && /^Failed to pull image/.test(said) && said.includes(image),
  );
  return event?.message ?? message;
}

function fixOfConfig(message: string): string {
  if (/runAsNonRoot/.test(message))
    return 'give the image a USER by number, or set securityContext.runAsUser';
  return 'create the Secret or ConfigMap, or the key in it, in the namespace of the pod';
}

function explainCrash(status: ContainerStatus, pod: PodObject): Finding {
  const { name = '', restartCount = 0, lastState = {}, state = {} } = status;
  const ended = lastState.terminated ?? state.terminated ?? {};
  const { message, fix } = explainExit(ended, logsOf(pod, name, 'previous'));
  return {
    severity: 'error',
    reason: 'CrashLoopBackOff',
    cause: causeOf(ended),
    container: name,
    message: `it ends again and again (${restartCount} restart${restartCount === 1 ? '' : 's'}): ${message}`,
    fix,
  };
}

function causeOf({ reason, exitCode }: { reason?: string; exitCode?: number }): string {
  return reason === 'OOMKilled' ? reason : `exit code ${exitCode ?? 'unknown'}`;
}

/** A container that ended and was not started again yet. */
function explainEnd({ name = '', state = {} }: ContainerStatus, pod: PodObject): Finding | undefined {
  const ended = state.terminated;
  if (!ended || ended.exitCode === 0) return undefined;
  const { message, fix } = explainExit(ended, logsOf(pod, name));
  return {
    severity: 'error',
    reason: ended.reason ?? 'Error',
    cause: causeOf(ended),
    container: name,
    message,
    fix,
  };
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
    fix: event ? 'correct what the message names' : `wait, or see kubectl describe ${podPath(pod)}`,
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
    fix: `see kubectl describe ${podPath(pod)}, and ${logsOf(pod, name)}`,
  };
}

function imageOf({ name, image = '' }: ContainerStatus, { spec }: PodObject): string {
  return podContainers(spec).find((container) => container.name === name)?.image ?? image;
}

function logsOf(pod: PodObject, container: string, previous?: 'previous'): string {
  return `kubectl logs ${podPath(pod)} --container=${container}${previous ? ' --previous' : ''}`;
}

function podPath({ metadata = {} }: PodObject): string {
  const { name = '', namespace } = metadata;
  return `pod/${name}${namespace === undefined ? '' : ` --namespace=${namespace}`}`;
}
