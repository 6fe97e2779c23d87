/** An image in one commit, as far as two commits can differ in it. */
export interface ImageState {
  /** Its Nx task: `api:docker-build`. */
  readonly id: string;
  /** What people call it: its project, or its task where the project has several. */
  readonly label: string;
  readonly dockerfile: string;
  /** What the build is told, by words for it: `build argument NODE_VERSION`. Values are texts. */
  readonly settings: ReadonlyMap<string, string>;
  /** Ids of the images of the workspace that it is built from. */
  readonly bases: readonly string[];
  /** All files that the build reads, asked for only where it matters. */
  files(): ReadonlySet<string>;
  /** For one of these files: what reads it, `COPY . in line 7`. */
  readBy(path: string): string | undefined;
  /**
   * For a file that is not read itself but can change one that is: how, `made into dist by api:build`. Asked for
   * files of any commit.
   */
  countsBy(path: string): string | undefined;
}
