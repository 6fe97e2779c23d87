import type { Problem } from '../errors.js';
import { repositoryOf } from '../manifest/loose-ref.js';
import { holdsPath } from '../manifest/may-name-image.js';
import { parseDocuments } from '../manifest/parse-documents.js';
import type { ContainerSpec, KubeObject, PodSpec } from './kube-objects.js';
import { type Workload, type WorkloadContainer, type WorkloadKind, watchedKinds } from './workload.js';

export interface FoundWorkloads {
  /** In the order of the text. */
  readonly workloads: readonly Workload[];
  /** Objects that name images of the workspace and whose rollouts nobody can wait for: `cronjob/report`. */
  readonly unwatched: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Finds the objects of a YAML or JSON text that run images of the workspace.
 *
 * @param known Normalised repositories of the workspace's images.
 */
export function findWorkloads(
  text: string,
  { file, known }: { file: string; known: ReadonlySet<string> },
): FoundWorkloads {
  const { documents, problems } = parseDocuments(text, file);
  if (problems.length > 0)
    return { workloads: [], unwatched: [], problems: holdsPath(text, known) ? problems : [] };
  const objects = documents.flatMap((document) => objectsOf(readValue(() => document.toJS())));
  const found = objects.map((object) => readObject(object, known));
  return {
    workloads: found.flatMap((each) => (typeof each === 'object' ? each : [])),
    unwatched: found.flatMap((each) => (typeof each === 'string' ? each : [])),
    problems: [],
  };
}

/** Aliases that multiply without end are no manifest. */
function readValue(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** An object, or the items of a List. */
function objectsOf(value: unknown): KubeObject[] {
  const object = Object(value) as KubeObject & { apiVersion?: unknown; items?: unknown };
  if (typeof object.kind !== 'string' || typeof object.apiVersion !== 'string') return [];
  if (object.kind.endsWith('List') && Array.isArray(object.items)) return object.items.flatMap(objectsOf);
  return [object];
}

function readObject(object: KubeObject, known: ReadonlySet<string>): Workload | string | undefined {
  const { kind = '', metadata } = object;
  const { name, namespace } = Object(metadata) as Record<string, unknown>;
  const isWatched = (watchedKinds as readonly string[]).includes(kind) && isName(name);
  if (!isWatched) return namesKnown(object, known) ? `${kind.toLowerCase()}/${name}` : undefined;
  const containers = containersOf(object, known);
  if (containers.length === 0) return undefined;
  return {
    kind: kind as WorkloadKind,
    name,
    ...(isName(namespace) && { namespace }),
    containers,
  };
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names: a template's `{{ }}` is none. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(value);
}

function containersOf(object: KubeObject, known: ReadonlySet<string>): WorkloadContainer[] {
  const { spec } = object as { spec?: { template?: { spec?: PodSpec } } };
  return podContainers(spec?.template?.spec).flatMap(({ name = '', image }) => {
    const repository = typeof image === 'string' ? (repositoryOf(image) ?? '') : '';
    return known.has(repository) ? [{ name: String(name), reference: image ?? '', repository }] : [];
  });
}

/** The containers of a pod, init containers first. */
export function podContainers(spec: PodSpec | undefined): ContainerSpec[] {
  return [spec?.initContainers, spec?.containers].flatMap((list) => (Array.isArray(list) ? list : []));
}

function namesKnown(value: unknown, known: ReadonlySet<string>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, each]) =>
    key === 'image' && typeof each === 'string'
      ? known.has(repositoryOf(each) ?? '')
      : namesKnown(each, known),
  );
}
