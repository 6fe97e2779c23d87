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
  /** What the build reads: a long list, asked for once and not kept. */
  files(): ImageFiles;
  /**
   * For a file that is not read itself but can change one that is: how, `made into dist by api:build`. Asked for
   * files of any commit.
   */
  countsBy(path: string): string | undefined;
}

export interface ImageFiles {
  /** True for files that the build reads, and for its Dockerfile and ignore files. */
  has(path: string): boolean;
  /** What reads one of them: `COPY . in line 7`. */
  readBy(path: string): string | undefined;
}
