import { type Document, isMap, type ParsedNode, type YAMLMap } from 'yaml';
import type { ImageLayer } from './image-field.js';
import { type MapAt, mapOf, pairOf, textOf } from './yaml-nodes.js';

/** What a document is. */
export interface DocumentLayer {
  readonly layer: ImageLayer;
  /** The kind of the Kubernetes object; empty where there is none. */
  readonly kind: string;
  /** A kustomization or component of kustomize, whose `images` replace names. */
  readonly isKustomization: boolean;
}

/**
 * Tells a document's layer by its own text, and by the file's name where kustomize and compose let the text leave it
 * open.
 */
export function documentLayer(document: Document.Parsed<ParsedNode>, file: string): DocumentLayer {
  const map = document.contents;
  // A list of objects to patch.
  if (!isMap(map)) return { layer: 'manifest', kind: '', isKustomization: false };
  const root: MapAt = { map: map as YAMLMap, path: '', document };
  const kind = textOf(root, 'kind') ?? '';
  const group = (textOf(root, 'apiVersion') ?? '').split('/')[0] ?? '';
  const isNamed = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(file);
  if (group === 'kustomize.config.k8s.io' || (isNamed && kind === ''))
    return { layer: 'kustomization', kind: kind || 'Kustomization', isKustomization: true };
  if (isNamed && /^(?:Kustomization|Component)$/.test(kind) && group === '')
    return { layer: 'kustomization', kind, isKustomization: true };
  return { layer: plainLayer(root, kind, group), kind, isKustomization: false };
}

const applicationGroups = ['argoproj.io', 'helm.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io'];
const applicationKinds = ['Application', 'ApplicationSet', 'HelmRelease', 'Kustomization'];

function plainLayer(root: MapAt, kind: string, group: string): ImageLayer {
  if (applicationGroups.includes(group) && applicationKinds.includes(kind)) return 'application';
  if (kind !== '' || pairOf(root.map, 'apiVersion')) return 'manifest';
  return isCompose(root) ? 'compose' : 'values';
}

/** Each service of a compose file has an image or is built. */
function isCompose(root: MapAt): boolean {
  const services = mapOf(root, 'services')?.items ?? [];
  return (
    services.length > 0 &&
    services.every(
      ({ value }) => isMap(value) && ['image', 'build', 'extends', '<<'].some((key) => value.has(key)),
    )
  );
}
