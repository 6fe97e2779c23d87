import { affectedProjects, type ProjectNode } from '../../core/audit/replay/affected-projects.js';
import { type ReplayCommit, type ReplayedImage, replay } from '../../core/audit/replay/replay.js';
import type { HistoryReplay } from '../../core/audit/replay/replay-report.js';
import { type TreeState, treeState } from '../../core/audit/replay/tree-state.js';
import { type BlobReader, blobReader } from '../../host/git/blob-reader.js';
import { commitOf } from '../../host/git/open-commit.js';
import { type HistoryChange, type HistoryCommit, readHistory } from '../../host/git/read-history.js';
import { readTree, type TreeEntry } from '../../host/git/read-tree.js';
import { readGit } from '../../host/git/run-git.js';
import { readProjectNodes } from '../../nx/project-nodes.js';
import type { Workspace } from '../../nx/workspace.js';
import { imageId, type WorkspaceImage } from '../../nx/workspace-images.js';
import { changesModel } from './replay-model-changes.js';
import { type TrackedImage, trackImage } from './track-image.js';

/** What a commit has that matters to the replay. */
export interface ReplayModel {
  readonly images: readonly WorkspaceImage[];
  /** What the existing workflows decide about an image; `undefined` where none builds it. */
  decide(image: string, files: readonly string[]): { runs: boolean; because: string } | undefined;
}

export interface ReplayQuery {
  readonly root: string;
  /** As git writes it: `v1.0.0..HEAD`. */
  readonly range: string;
  readonly readModel: (workspace: Workspace) => Promise<ReplayModel>;
}

/**
 * Replays the history of a branch from git's objects: what existing workflows would have built, what Nx's selection of
 * projects would have, and what really changed. Nothing is checked out.
 *
 * @throws DockerPluginError GIT_FAILED where the clone does not have the history.
 */
export async function replayHistory({ root, range, readModel }: ReplayQuery): Promise<HistoryReplay> {
  const history = await readHistory(root, range);
  const [first] = history;
  if (!first) return { commits: [], images: [] };
  const blobs = blobReader(root);
  const tree = treeState(await readParentTree(root, first.commit));
  let model = await openModel(tree, { blobs, readModel });
  const before = inputsOf(model.tracked);
  const commits: ReplayCommit[] = [];
  let last = before;
  for (const commit of history) {
    const previous = new Map(commit.changes.map(({ path }) => [path, tree.entries.get(path)]));
    const flipped = tree.apply(commit.changes);
    const isNew = changesModel(commit.changes, { previous, flipped, blobs, images: model.tracked });
    const reasons = new Map<string, string>();
    if (isNew) model = await openModel(tree, { blobs, readModel });
    else
      for (const image of model.tracked) {
        const reason = image.apply(commit.changes, tree.entries);
        if (reason !== undefined) reasons.set(image.id, reason);
      }
    const inputs = inputsOf(model.tracked);
    commits.push({ ...headOf(commit), images: replayImages(model, { commit, inputs, last, reasons }) });
    last = inputs;
  }
  return { commits: commits.map(headOf), images: replay(commits, before) };
}

function headOf({ commit, time, subject }: Pick<HistoryCommit, 'commit' | 'time' | 'subject'>) {
  return { commit, time, subject };
}

/** The first commit of a repository has none: before it there was nothing. */
async function readParentTree(root: string, commit: string): Promise<TreeEntry[]> {
  const { exitCode } = await readGit(root, ['rev-parse', '--verify', '--quiet', `${commit}^`]);
  return exitCode === 0 ? readTree(root, `${commit}^`) : [];
}

interface OpenModel extends ReplayModel {
  readonly tracked: readonly TrackedImage[];
  readonly projects: readonly ProjectNode[];
}

async function openModel(
  tree: TreeState<TreeEntry>,
  { blobs, readModel }: { blobs: BlobReader; readModel: ReplayQuery['readModel'] },
): Promise<OpenModel> {
  const workspace = await commitOf('workspace', [...tree.entries.values()], blobs);
  const model = await readModel(workspace);
  return {
    ...model,
    tracked: model.images.map((image) => trackImage(image, workspace)),
    projects: readProjectNodes(workspace),
  };
}

/** An image's own inputs and those of the images it is built from, by id. */
function inputsOf(images: readonly TrackedImage[]): ReadonlyMap<string, string> {
  const byId = new Map(images.map((image) => [image.id, image]));
  return new Map(
    images.map(({ id }) => {
      const all = new Set([id]);
      for (const each of all) for (const base of byId.get(each)?.bases ?? []) all.add(base);
      return [id, [...all].map((each) => byId.get(each)?.inputs() ?? '').join(' ')];
    }),
  );
}

function replayImages(
  model: OpenModel,
  given: {
    readonly commit: HistoryCommit;
    readonly inputs: ReadonlyMap<string, string>;
    readonly last: ReadonlyMap<string, string>;
    readonly reasons: ReadonlyMap<string, string>;
  },
): ReadonlyMap<string, ReplayedImage> {
  const { commit, inputs, last, reasons } = given;
  const files = commit.changes.map(({ path }) => path);
  const affected = affectedProjects(model.projects, files);
  return new Map(
    model.images.map((one) => {
      const id = imageId(one.image);
      const filters = model.decide(id, files);
      const now = inputs.get(id) ?? '';
      const reason =
        now === last.get(id) ? undefined : (reasons.get(id) ?? reasonOf(one, commit.changes, reasons));
      return [
        id,
        {
          inputs: now,
          project: affected.has(one.image.projectRoot),
          ...(filters && { filters }),
          ...(reason !== undefined && { reason }),
        },
      ];
    }),
  );
}

/** Where the model had to be read anew, or a base changed. */
function reasonOf(
  { image, bases }: WorkspaceImage,
  changes: readonly HistoryChange[],
  reasons: ReadonlyMap<string, string>,
): string {
  const base = bases.map((each) => reasons.get(imageId(each.image))).find((reason) => reason !== undefined);
  if (base !== undefined) return `its base image changed: ${base}`;
  const telling = [image.dockerfilePath, image.mainContext.ignoreFile?.path, 'nx.json'];
  const path = telling.find((each) => changes.some((change) => change.path === each));
  if (path !== undefined) return `${path} changed`;
  return changes.length === 1
    ? `${changes[0]?.path} changed`
    : `one of ${changes.length} changed files is an input`;
}
