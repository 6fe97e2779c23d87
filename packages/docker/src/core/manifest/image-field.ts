import type { Place } from '../errors.js';

/**
 * Where a field stands between the text and the cluster. Kustomize replaces what manifests say, and an Argo CD
 * Application or a Flux object what kustomizations and values say.
 */
export type ImageLayer = 'manifest' | 'values' | 'compose' | 'kustomization' | 'application';

/**
 * How an image is written down:
 *
 * - `reference`: one text, `name:tag@digest`
 * - `override`: one text as `kustomize edit set image` takes it, `name=newName:tag`
 * - `kustomize`: `name`, `newName`, `newTag` and `digest`
 * - `map`: `repository`, `tag` and perhaps `registry` and `digest`
 */
export type ImageForm = 'reference' | 'override' | 'kustomize' | 'map';

/** One value in the text. Offsets count UTF-16 units; `end` is behind the last one. */
export interface ImageScalar {
  readonly start: number;
  readonly end: number;
  /** The value without quotes, escapes and folding; empty where there is none. */
  readonly value: string;
  /** JSON pointer in the document. */
  readonly path: string;
  /** Offset of its key, or of the value itself where it has none. */
  readonly keyStart: number;
  /** Where its own text ends: that of the alias, where the value stands at an anchor. */
  readonly pairEnd: number;
  /** In a map or list of flow style: `{…}`, `[…]`. */
  readonly isFlow: boolean;
  /** In a map whose keys are quoted, as JSON needs it. */
  readonly isJson: boolean;
}

export interface ImageScalars {
  readonly reference?: ImageScalar;
  readonly registry?: ImageScalar;
  readonly name?: ImageScalar;
  readonly newName?: ImageScalar;
  readonly tag?: ImageScalar;
  readonly digest?: ImageScalar;
}

/** One place of a text that names an image. */
export interface ImageField {
  readonly layer: ImageLayer;
  /** The kind of the Kubernetes object, `Deployment`; empty where there is none. */
  readonly kind: string;
  readonly form: ImageForm;
  /** Which YAML document of the text, counted from 0. */
  readonly document: number;
  /** JSON pointer in the document, `/spec/template/spec/containers/0/image`. */
  readonly path: string;
  /** Of the tag where it has a place of its own, else of the reference or the name. */
  readonly start: number;
  readonly end: number;
  readonly place: Place;
  /** Normalised, `docker.io/library/node`; empty for a text that is no reference. */
  readonly repository: string;
  /** What all parts say together, spelled as in the text: `node:20`. */
  readonly reference: string;
  readonly scalars: ImageScalars;
  /** The images whose name a kustomization or an application replaces, normalised. */
  readonly replaces?: string;
  /** Of the container. */
  readonly pullPolicy?: string;
  /** Why the field is never edited. */
  readonly unmanaged?: string;
}
