import { isMap, type Scalar, type YAMLMap } from 'yaml';
import type { DraftField, VisitedMap } from './draft-field.js';
import type { ImageScalar, ImageScalars } from './image-field.js';
import { fieldOf } from './map-fields.js';
import { listOf, type MapAt, resolve, scalarAt, scalarOf } from './yaml-nodes.js';

/** The `images` of a kustomization, of a Flux object and of an Argo CD Application: maps, or texts. */
export function imagesFields(at: VisitedMap, isKustomization: boolean): DraftField[] {
  const images = items(at, 'images');
  return images.flatMap(({ node, path, isFlow }) => {
    if (isMap(node)) return kustomizeField({ ...at, map: node, path }, isKustomization);
    if (at.key !== 'kustomize') return [];
    const reference = scalarAt(node, at.document, { path, keyStart: startOf(node), isFlow, isJson: false });
    return reference?.value ? [{ ...fieldOf(reference), form: 'override' as const }] : [];
  });
}

function kustomizeField(at: MapAt, isKustomization: boolean): DraftField[] {
  const parts = {
    name: scalarOf(at, 'name'),
    newName: scalarOf(at, 'newName'),
    tag: scalarOf(at, 'newTag'),
    digest: scalarOf(at, 'digest'),
  };
  const scalars = present(parts);
  const isEntry = isKustomization || parts.newName || parts.tag || parts.digest;
  if (!scalars.name?.value || !isEntry) return [];
  return [{ form: 'kustomize', path: at.path, scalars }];
}

/**
 * The parameters with which an Argo CD Application sets Helm values: those of one image have names that differ in the
 * last part. https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-parameters
 */
export function helmParameterFields(at: VisitedMap): DraftField[] {
  const values = new Map<string, Record<string, ImageScalar>>();
  const single: DraftField[] = [];
  for (const { node, path } of items(at, 'parameters')) {
    if (!isMap(node)) continue;
    const item = { ...at, map: node, path };
    const [, owner = '', part = ''] = /^(.*?)([^.]+)$/.exec(scalarOf(item, 'name')?.value ?? '') ?? [];
    const value = scalarOf(item, 'value');
    if (!value) continue;
    if (part === 'image' && value.value) single.push(fieldOf(value));
    values.set(owner, { ...values.get(owner), [part]: value });
  }
  const maps = [...values.values()].flatMap(({ registry, repository, tag, digest }): DraftField[] => {
    if (!repository?.value || !tag) return [];
    const scalars = present({
      registry: registry?.value ? registry : undefined,
      name: repository,
      tag,
      digest,
    });
    return [{ form: 'map', path: tag.path, scalars }];
  });
  return [...single, ...maps];
}

interface Item {
  readonly node: unknown;
  readonly path: string;
  readonly isFlow: boolean;
}

function items(at: MapAt, key: string): Item[] {
  const list = listOf(at, key);
  return (list?.items ?? []).map((value, index) => {
    const node = resolve(value, at.document);
    const path = `${at.path}/${key}/${index}`;
    return { node: isMap(node) ? node : value, path, isFlow: list?.flow === true };
  });
}

function startOf(node: unknown): number {
  return (node as Scalar | YAMLMap | undefined)?.range?.[0] ?? 0;
}

function present(scalars: Record<string, ImageScalar | undefined>): ImageScalars {
  return Object.fromEntries(Object.entries(scalars).filter(([, scalar]) => scalar !== undefined));
}
