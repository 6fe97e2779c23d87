import type { SigningShape } from '../signing/signing-shape.js';
import type { CiOptions } from './ci-options.js';
import type { PackageManager } from './package-manager.js';

/** All that the text of a CI workflow depends on. Where one of these changes, `nx sync` writes the file anew. */
export interface WorkflowShape {
  /** Number of images. */
  readonly images: number;
  /** How deep the images build on each other, at least 1. */
  readonly waves: number;
  /** Names of the Nx targets that build images, sorted. */
  readonly targets: readonly string[];
  /** All platforms that are built, sorted; none where every image is for its runner's own. */
  readonly platforms: readonly string[];
  /** Hosts of all registries that images are published to, sorted: `ghcr.io`. */
  readonly registries: readonly string[];
  /** True if Kubernetes manifests name the images. */
  readonly hasKubernetes: boolean;
  /** How cosign signs what is published; left out where nobody signs. */
  readonly signing?: SigningShape;
  /** True if manifests may name only images whose signature cosign finds. */
  readonly verifies?: boolean;
  /** Default of `options.branch`. */
  readonly defaultBranch: string;
  readonly options: CiOptions;
  readonly packageManager: PackageManager;
  /** A version, or a file that says it: `.nvmrc`. */
  readonly node: { readonly version: string } | { readonly file: string };
}
