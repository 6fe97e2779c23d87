import type { PodObject } from './kube-objects.js';

/** The command that shows what a container has printed, or what it had before it ended. */
export function logsCommand(pod: PodObject, container: string, previous?: 'previous'): string {
  return `kubectl logs ${podPath(pod)} --container=${container}${previous ? ' --previous' : ''}`;
}

/** The command that shows a pod with its events. */
export function describeCommand(pod: PodObject): string {
  return `kubectl describe ${podPath(pod)}`;
}

function podPath({ metadata = {} }: PodObject): string {
  const { name = '', namespace } = metadata;
  return `pod/${name}${namespace === undefined ? '' : ` --namespace=${namespace}`}`;
}
