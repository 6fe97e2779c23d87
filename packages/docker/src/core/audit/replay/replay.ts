/** One commit of a branch, with what it means for each image. */
export interface ReplayCommit {
  readonly commit: string;
  /** When it was committed, seconds since 1970. */
  readonly time: number;
  readonly subject: string;
  /** By id. An image that is not there (yet, or any more) is missing. */
  readonly images: ReadonlyMap<string, ReplayedImage>;
}

export interface ReplayedImage {
  /** A text that is the same wherever all build inputs are the same. */
  readonly inputs: string;
  /** Why the inputs differ from those of the commit before, in one line. */
  readonly reason?: string;
  /** What the existing workflows decide; absent where none builds the image. */
  readonly filters?: { readonly runs: boolean; readonly because: string };
  /** True if Nx selects the image's project by the changed files. */
  readonly project: boolean;
}

/** How an image would have fared over a history. */
export interface ImageReplay {
  readonly id: string;
  /** Commits in which it was there. */
  readonly commits: number;
  /** Commits in which its build inputs changed. */
  readonly changes: number;
  /** As the existing workflows select it; absent where none builds it. */
  readonly filters?: Selection;
  /** As Nx selects projects, by the files in their folders. */
  readonly projects: Selection;
}

export interface Selection {
  readonly builds: number;
  /** Changed inputs without a build. */
  readonly missed: readonly MissedBuild[];
  /** Builds of what had been built before. */
  readonly wasted: readonly WastedBuild[];
  /** How long what was published was not what was in git, in seconds. */
  readonly stale: number;
  /**
   * A letter for each commit of the history: `b` built, `m` missed, `s` stale (nothing changed, but an earlier miss
   * lasts), `w` wasted, `.` nothing to do, and a blank where the image was not there.
   */
  readonly timeline: string;
}

export interface MissedBuild {
  readonly commit: string;
  readonly time: number;
  readonly subject: string;
  /** What changed. */
  readonly reason: string;
  /** Why no build ran. */
  readonly because: string;
  /** The commit that ended it: by a build, or by going back. Absent where it lasts. */
  readonly healed?: string;
  /** Until it was healed, or until the last commit. */
  readonly seconds: number;
}

export interface WastedBuild {
  readonly commit: string;
  /** Why a build ran. */
  readonly because: string;
}

/**
 * Replays a history: for each commit, what an image's filters would have built and what really had changed. What is
 * published before the first commit is taken to be right.
 *
 * @param before The inputs of each image before the first commit, by id.
 */
export function replay(
  commits: readonly ReplayCommit[],
  before: ReadonlyMap<string, string>,
): readonly ImageReplay[] {
  const ids = [...new Set(commits.flatMap(({ images }) => [...images.keys()]))].sort();
  return ids.map((id) => {
    const steps = commits.map((commit) => ({ commit, image: commit.images.get(id) }));
    const given = { steps, before: before.get(id), end: commits.at(-1)?.time ?? 0 };
    const isFiltered = steps.some(({ image }) => image?.filters !== undefined);
    return {
      id,
      commits: steps.filter(({ image }) => image).length,
      changes: countChanges(given),
      ...(isFiltered && { filters: select(given, ({ filters }) => filters ?? notBuilt) }),
      projects: select(given, byProject),
    };
  });
}

const notBuilt = { runs: false, because: 'no workflow builds it' };

interface Steps {
  readonly steps: readonly { readonly commit: ReplayCommit; readonly image: ReplayedImage | undefined }[];
  readonly before: string | undefined;
  readonly end: number;
}

function countChanges({ steps, before }: Steps): number {
  let last = before;
  return steps.filter(({ image }) => {
    const isChanged = image !== undefined && image.inputs !== last;
    last = image?.inputs ?? last;
    return isChanged;
  }).length;
}

function byProject({ project }: ReplayedImage): { runs: boolean; because: string } {
  return project
    ? { runs: true, because: 'its project is affected' }
    : { runs: false, because: 'its project is not affected' };
}

function select(
  { steps, before, end }: Steps,
  decide: (image: ReplayedImage) => { readonly runs: boolean; readonly because: string },
): Selection {
  const missed: MissedBuild[] = [];
  const wasted: WastedBuild[] = [];
  let built = before;
  let current = before;
  let open: MissedBuild[] = [];
  let builds = 0;
  let stale = 0;
  let timeline = '';
  const close = (time: number, healed?: string): void => {
    stale += Math.max(0, time - (open[0]?.time ?? time));
    for (const miss of open)
      missed.push({ ...miss, seconds: Math.max(0, time - miss.time), ...(healed && { healed }) });
    open = [];
  };
  for (const { commit, image } of steps) {
    if (!image) {
      timeline += ' ';
      continue;
    }
    const { runs, because } = decide(image);
    const isChanged = image.inputs !== current;
    const isBuilt = image.inputs === built;
    current = image.inputs;
    if (runs) {
      builds++;
      if (isBuilt) wasted.push({ commit: commit.commit, because });
      built = image.inputs;
    } else if (isChanged && !isBuilt) {
      const { time, subject } = commit;
      const reason = image.reason ?? 'its build inputs changed';
      open.push({ commit: commit.commit, time, subject, reason, because, seconds: 0 });
    }
    if (runs) timeline += isBuilt ? 'w' : 'b';
    else if (isBuilt) timeline += '.';
    else timeline += isChanged ? 'm' : 's';
    if (image.inputs === built) close(commit.time, commit.commit);
  }
  close(end);
  return { builds, missed, wasted, stale, timeline };
}
