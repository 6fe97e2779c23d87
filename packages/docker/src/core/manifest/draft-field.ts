import type { ImageForm, ImageScalars } from './image-field.js';
import type { Marker } from './markers.js';
import type { MapAt } from './yaml-nodes.js';

/** A field as it stands in its map, before its comments and its document are known. */
export interface DraftField {
  readonly form: ImageForm;
  readonly path: string;
  readonly scalars: ImageScalars;
  readonly pullPolicy?: string;
  readonly unmanaged?: string;
  /** The comment that it is under. */
  readonly marker?: Marker;
}

/** A map with its place in the document. */
export interface VisitedMap extends MapAt {
  /** The key whose value it is; empty for items of a list and for the document itself. */
  readonly key: string;
}
