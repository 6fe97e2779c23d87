import { explainExit } from './explain-exit.js';
import { explainPull } from './explain-pull.js';
import { podContainers } from './find-workloads.js';
import { type Finding, oneLine } from './finding.js';
import type { ContainerStatus, EventObject, PodObject } from './kube-objects.js';
import { describeCommand, logsCommand } from './pod-commands.js';

/** A pod and the warnings about it. */
export interface PodAndEvents {
  readonly pod: PodObject;
  readonly events: readonly EventObject[];
}

/** Explains why a container does not run; nothing for one that runs, or waits for others. */
export function explainContainer(status: ContainerStatus, about: PodAndEvents): Finding | undefined {
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
        `see ${describeCommand(about.pod)}`,
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
  const { message, fix } = explainExit(ended, logsCommand(pod, name, 'previous'));
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
  const { message, fix } = explainExit(ended, logsCommand(pod, name));
  return {
    severity: 'error',
    reason: ended.reason ?? 'Error',
    cause: causeOf(ended),
    container: name,
    message,
    fix,
  };
}

function imageOf({ name, image = '' }: ContainerStatus, { spec }: PodObject): string {
  return podContainers(spec).find((container) => container.name === name)?.image ?? image;
}
