import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { type DocumentLayer, documentLayer } from './document-layer.js';
import type { DraftField, VisitedMap } from './draft-field.js';
import { helmParameterFields, imagesFields } from './list-fields.js';
import { mapField } from './map-fields.js';
import type { Marker } from './markers.js';
import type { ParsedText } from './parse-documents.js';
import { escapePointer, keyOf, textOf } from './yaml-nodes.js';

/** A field and the document it was found in. */
export interface CollectedField {
  readonly draft: DraftField;
  readonly document: number;
  readonly about: DocumentLayer;
}

/** Finds all fields of a text in its order, each with the comment that it is under. */
export function collectFields(parsed: ParsedText, markers: Markers): CollectedField[] {
  return parsed.documents.flatMap((document, index) => {
    const root = document.contents as Node | null;
    if (!isMap(root) && !isSeq(root)) return [];
    const about = documentLayer(document, parsed.file);
    const walk: Walk = { parsed, markers, about, index, drafts: [] };
    visitNode(root, { path: '', key: '' }, walk);
    return walk.drafts.map((draft) => ({ draft, document: index, about }));
  });
}

export type Markers = ReadonlyMap<number, Marker>;

interface Walk {
  readonly parsed: ParsedText;
  readonly markers: Markers;
  readonly about: DocumentLayer;
  readonly index: number;
  /** Filled on the way. */
  readonly drafts: DraftField[];
}

interface Position {
  readonly path: string;
  readonly key: string;
  readonly marker?: Marker;
}

function visitNode(node: unknown, position: Position, walk: Walk): void {
  // An anchor is visited where it stands.
  if (isAlias(node)) return;
  if (isSeq(node)) visitList(node, position, walk);
  if (isMap(node)) visitMap(node, position, walk);
}

function visitList(list: YAMLSeq, { path, marker }: Position, walk: Walk): void {
  list.items.forEach((item, index) => {
    const own = markerAt(item, walk) ?? marker;
    visitNode(item, { path: `${path}/${index}`, key: '', ...(own && { marker: own }) }, walk);
  });
}

function visitMap(map: YAMLMap, position: Position, walk: Walk): void {
  const document = walk.parsed.documents[walk.index];
  if (!document) return;
  const at: VisitedMap = { map, document, path: position.path, key: position.key };
  const kind = textOf(at, 'kind');
  // The default of a schema is nobody's image.
  if (kind === 'CustomResourceDefinition') return;
  const marker = objectMarker(map, walk) ?? position.marker;
  for (const draft of fieldsOf(at, walk.about)) walk.drafts.push(withMarker(draft, marker, walk));
  const isObject = kind !== undefined || map.has('apiVersion');
  for (const pair of map.items) {
    const key = keyOf(pair) ?? '';
    if (labels.has(key) || (isObject && notDeployed.has(key))) continue;
    if (walk.about.isKustomization && position.path === '' && !kustomizationKeys.has(key)) continue;
    const own = markerAt(pair.key, walk) ?? marker;
    const path = `${position.path}/${escapePointer(key)}`;
    visitNode(pair.value, { path, key, ...(own && { marker: own }) }, walk);
  }
}

/** Values there are names that something is found by. */
const labels = new Set(['labels', 'annotations', 'matchLabels', 'selector', 'nodeSelector']);
/** The rest of a kustomization names files, objects and what selects them. */
const kustomizationKeys = new Set(['images', 'helmCharts', 'helmChartInflationGenerator']);
const notDeployed = new Set(['metadata', 'status']);

function fieldsOf(at: VisitedMap, { layer, isKustomization }: DocumentLayer): DraftField[] {
  const field = mapField(at, layer);
  const isHelm = layer === 'application' && at.key === 'helm';
  return [
    ...(field ? [field] : []),
    ...imagesFields(at, isKustomization && at.path === ''),
    ...(isHelm ? helmParameterFields(at) : []),
  ];
}

/** A comment about one of its lines, or about a map or key above. */
function withMarker(draft: DraftField, above: Marker | undefined, walk: Walk): DraftField {
  const lines = Object.values(draft.scalars).map(({ keyStart }) => lineOf(keyStart, walk));
  const own = lines.map((line) => walk.markers.get(line)).find((each) => each !== undefined);
  const marker = own ?? above;
  return marker === undefined ? draft : { ...draft, marker };
}

/** A comment above `apiVersion` or `kind` is about the whole object. */
function objectMarker(map: YAMLMap, walk: Walk): Marker | undefined {
  const [first] = map.items as Pair[];
  return first && /^(?:apiVersion|kind)$/.test(keyOf(first) ?? '') ? markerAt(first.key, walk) : undefined;
}

function markerAt(node: unknown, walk: Walk): Marker | undefined {
  const isPlaced = isScalar(node) || isMap(node) || isSeq(node);
  return isPlaced && node.range ? walk.markers.get(lineOf(node.range[0], walk)) : undefined;
}

function lineOf(offset: number, { parsed }: Walk): number {
  return parsed.lines.linePos(offset).line;
}
