import { workspaceRoot } from '@nx/devkit';
import { affectedImages } from '../core/plan/affected-images.js';
import type { CiEvent } from '../core/plan/ci-event.js';
import { compareTrees } from '../core/plan/compare-trees.js';
import type { Plan, PlanEvent, PlannedImage } from '../core/plan/plan.js';
import { planJobs } from '../core/plan/plan-jobs.js';
import { planWaves } from '../core/plan/plan-waves.js';
import { type CiFacts, readCiFacts } from '../host/ci-facts.js';
import { requireCommit } from '../host/git/find-commit.js';
import type { Commit } from '../host/git/open-commit.js';
import { imageId } from '../nx/workspace-images.js';
import { readPluginOptions } from './open-images.js';
import { chosenImages } from './plan-chosen.js';
import { imageEdges, planDigests, planOrder } from './plan-digests.js';
import { readNxGraph } from './plan-graph.js';
import { type CommitImages, imageState, readCommitImages } from './plan-images.js';
import { openRepository, type PlanRepository } from './plan-open.js';
import { readPublished } from './plan-published.js';
import { rangeQuestion, resolveRange } from './plan-range.js';
import { type Sources, sourceFinder } from './plan-sources.js';
import { readNxJson } from './plugin-entries.js';

export interface PlanOptions {
  /** Default: the workspace around the current folder. */
  readonly root?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Revisions; an empty text counts as one that names nothing. */
  readonly base?: string | undefined;
  readonly head?: string | undefined;
  /** Every image, whatever changed or is published. */
  readonly all?: boolean;
  /** Only images of these projects. */
  readonly projects?: readonly string[];
  /** The images are published, so that the registry is asked, where the event is one that publishes. */
  readonly publish?: boolean;
  readonly maxJobs?: number | undefined;
  /** Runners by platform. */
  readonly runners?: Readonly<Record<string, string>>;
  readonly provider?: CiFacts['provider'] | undefined;
}

/** The events of which the code was already accepted. */
const publishing: ReadonlySet<PlanEvent> = new Set(['push', 'tag', 'dispatch', 'schedule']);

/**
 * Plans what CI has to build. Images are read from git's objects, nothing is checked out, and nothing is taken for
 * unchanged because something could not be found out.
 *
 * @throws DockerPluginError GIT_FAILED, REGISTRY_DENIED, REGISTRY_FAILED, NAME_UNKNOWN, OPTIONS_INVALID, PLAN_LIMIT
 */
export async function makePlan(options: PlanOptions): Promise<Plan> {
  const { root = workspaceRoot, env = process.env } = options;
  const { event } = readCiFacts(env, options.provider);
  const repository = await openRepository(root);
  const headRevision = options.head ?? env.NX_HEAD;
  const head = await requireCommit(root, headRevision ?? 'HEAD');
  const isLocal = event === undefined && headRevision === undefined;
  const commit = isLocal ? await repository.openWorkTree(head) : await repository.openCommit(head);
  const images = await readCommitImages(commit);
  const sources = await findSources(root, images);
  const digests = planDigests(images, sources, env);
  const situation: Situation = { options, root, env, event, repository, head, images, sources, digests };
  const selection = await select(situation);
  return toPlan(situation, selection);
}

/** All that is known before anything is chosen. */
interface Situation {
  readonly options: PlanOptions;
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly event: CiEvent | undefined;
  readonly repository: PlanRepository;
  readonly head: string;
  readonly images: CommitImages;
  readonly sources: ReadonlyMap<string, Sources>;
  readonly digests: ReadonlyMap<string, string>;
}

interface Selection {
  readonly base: string | null;
  readonly scope: string;
  readonly publish: boolean;
  /** Why images are built, by id. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Why the others are not. */
  readonly otherwise: string;
  /** What the registry holds, by id. */
  readonly published: ReadonlyMap<string, string>;
}

async function findSources(root: string, images: CommitImages): Promise<Map<string, Sources>> {
  const finder = sourceFinder(images);
  const graph = finder.needsGraph ? await readNxGraph(root) : undefined;
  const sources = new Map<string, Sources>();
  for (const { id, workspaceImage } of images.images.values()) {
    const found = finder.find(workspaceImage, graph);
    if (found) sources.set(id, found);
  }
  return sources;
}

async function select(situation: Situation): Promise<Selection> {
  const { options, event, images } = situation;
  const ids = [...images.images.keys()];
  const nothing = { base: null, publish: false, published: new Map<string, string>() };
  if (event?.isDeletion)
    return {
      ...nothing,
      scope: 'no images, because the branch or tag was deleted',
      reasons: new Map(),
      otherwise: 'not asked for',
    };
  const chosen = chosenImages(options.projects, event?.images, images);
  const candidates = chosen ?? ids;
  if (options.publish && event && publishing.has(event.event)) return selectUnpublished(situation, chosen);
  if (options.all || chosen) {
    const scope = chosen ? `images of ${describeChosen(chosen)}` : 'all images, as asked for';
    const reasons = new Map(candidates.map((id) => [id, 'asked for']));
    return { ...nothing, scope, reasons, otherwise: 'not asked for' };
  }
  return { ...nothing, ...(await selectChanged(situation)) };
}

type Changed = Pick<Selection, 'base' | 'scope' | 'reasons' | 'otherwise'>;

async function selectChanged(situation: Situation): Promise<Changed> {
  const { options, root, env, event, repository, head, images } = situation;
  const { defaultBase, affected } = readNxJson(images.workspace) as ReturnType<typeof readNxJson> & {
    affected?: { defaultBase?: string };
  };
  const question = rangeQuestion({
    base: options.base,
    env,
    event,
    defaultBase: defaultBase ?? affected?.defaultBase ?? 'main',
  });
  const kind = event?.event ?? 'local';
  const { isShallow } = repository;
  const { base, scope } = await resolveRange(question, { root, head, event: kind, isShallow });
  const ids = [...images.images.keys()];
  if (base === null)
    return { base, scope, reasons: new Map(ids.map((id) => [id, 'nothing to compare with'])), otherwise: '' };
  const old = await repository.openCommit(base);
  const oldImages = await readBaseImages(old);
  if (typeof oldImages === 'string')
    return {
      base,
      scope: `${scope}; ${oldImages}`,
      reasons: new Map(ids.map((id) => [id, 'new image'])),
      otherwise: '',
    };
  return {
    base,
    scope,
    reasons: compareCommits(situation, oldImages),
    otherwise: 'all that it is built from is the same',
  };
}

/** A base without the plugin, or whose nx.json is broken, has no images. */
async function readBaseImages(commit: Commit): Promise<CommitImages | string> {
  try {
    return await readCommitImages(commit);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'DockerPluginError') throw error;
    return 'its nx.json gives it no images, so that all are new';
  }
}

function compareCommits({ images, sources }: Situation, base: CommitImages): ReadonlyMap<string, string> {
  return affectedImages(
    [...base.images.values()].map((image) => imageState(image)),
    [...images.images.values()].map((image) => imageState(image, sources.get(image.id)?.countsBy)),
    compareTrees(base.commit.entries, images.commit.entries),
  );
}

async function selectUnpublished(
  situation: Situation,
  chosen: readonly string[] | undefined,
): Promise<Selection> {
  const { options, event, images, digests } = situation;
  const isForced = options.all === true || event?.force === true;
  const candidates = new Set(chosen ?? images.images.keys());
  const published = await readPublished(
    [...images.images.values()].map(({ id, workspaceImage }) => ({
      id,
      image: workspaceImage.image.image,
      inputDigest: digests.get(id) ?? '',
    })),
  );
  const changed = event?.event === 'push' ? await selectChanged(situation) : undefined;
  const reasons = new Map<string, string>();
  for (const id of candidates) {
    if (isForced) reasons.set(id, 'asked for, although it may be published');
    else if (!published.has(id)) {
      const reason = changed?.base ? changed.reasons.get(id) : undefined;
      reasons.set(id, reason === undefined ? 'not published' : `not published: ${reason}`);
    }
  }
  for (const id of planOrder(images.images).reverse()) {
    if (!reasons.has(id)) continue;
    for (const { image } of images.images.get(id)?.workspaceImage.bases ?? []) {
      const base = imageId(image);
      if (!reasons.has(base) && !published.has(base))
        reasons.set(base, `not published, and ${id} is built from it`);
    }
  }
  const of = chosen ? ` of ${describeChosen(chosen)}` : '';
  return {
    base: null,
    publish: true,
    scope: isForced
      ? `all images${of}, as asked for`
      : `images${of} that the registry does not have under their input digests`,
    reasons,
    otherwise: 'not asked for',
    published,
  };
}

function describeChosen(ids: readonly string[]): string {
  const projects = [...new Set(ids.map((id) => id.slice(0, id.lastIndexOf(':'))))];
  return projects.length > 5 ? `${projects.length} projects` : projects.join(', ');
}

function toPlan(situation: Situation, selection: Selection): Plan {
  const { options, event, head, images, digests } = situation;
  const { publish, reasons, published } = selection;
  const ci = readPluginOptions(images.workspace).ci ?? {};
  const order = planOrder(images.images);
  const planned = order.filter((id) => reasons.has(id));
  const plannedImages = planned.map((id) => ({
    id,
    platforms: images.images.get(id)?.workspaceImage.image.options.platforms ?? [],
  }));
  const waves = publish
    ? planWaves(plannedImages, imageEdges(images.images)).map((wave) =>
        plannedImages.filter(({ id }) => wave.includes(id)),
      )
    : [plannedImages].filter((wave) => wave.length > 0);
  return {
    version: 1,
    event: event?.event ?? 'local',
    head,
    base: selection.base,
    scope: selection.scope,
    publish,
    images: planned.map((id) => plannedImage(id, { images, digests, reason: reasons.get(id) ?? '' })),
    unchanged: order
      .filter((id) => !reasons.has(id))
      .sort()
      .map((id) => {
        const publishedDigest = published.get(id);
        const reason = publishedDigest === undefined ? selection.otherwise : 'published';
        return {
          ...plannedImage(id, { images, digests, reason }),
          ...(publishedDigest !== undefined && { publishedDigest }),
        };
      }),
    waves: planJobs(waves, {
      allIds: order,
      maxJobs: options.maxJobs ?? ci.maxJobs ?? 256,
      runners: { ...ci.runners, ...options.runners },
    }),
  };
}

function plannedImage(
  id: string,
  given: { images: CommitImages; digests: ReadonlyMap<string, string>; reason: string },
): PlannedImage {
  const { images, digests, reason } = given;
  const found = images.images.get(id);
  if (!found) throw new Error(`no image ${id}`);
  const { image, bases } = found.workspaceImage;
  return {
    id,
    project: image.projectName,
    target: image.targetName,
    image: image.image,
    dockerfile: image.dockerfilePath,
    context: image.buildContext,
    platforms: image.options.platforms ?? [],
    bases: bases.map((base) => imageId(base.image)),
    inputDigest: digests.get(id) ?? '',
    reason,
  };
}
