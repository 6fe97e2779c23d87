/** A tool that can build images and was seen to work. */
export interface Engine {
  /**
   * `buildx` is `docker buildx build`; `docker` is the BuildKit inside an engine whose client has no buildx;
   * `podman` and `buildah` are themselves.
   */
  readonly kind: 'buildx' | 'docker' | 'podman' | 'buildah';
  /** The executable to run: an absolute path, or a name to be found in PATH. */
  readonly file: string;
  /** For people: `Docker 26.1.5, buildx 0.13.1`. */
  readonly description: string;
}
