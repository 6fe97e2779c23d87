import { workspaceRoot } from '@nx/devkit';
import { DockerPluginError } from '../../core/errors.js';
import type { Plan, PlanEvent } from '../../core/plan/plan.js';
import { readCiFacts } from '../../host/ci-facts.js';
import { requireCommit } from '../../host/git/find-commit.js';
import { selectChanged } from './plan-changed.js';
import { chosenImages, describeChosen } from './plan-chosen.js';
import { planDigests } from './plan-digests.js';
import { readNxGraph } from './plan-graph.js';
import { type CommitImages, readCommitImages } from './plan-images.js';
import { openRepository } from './plan-open.js';
import { planResult } from './plan-result.js';
import type { PlanOptions, Selection, Situation } from './plan-situation.js';
import { type Sources, sourceFinder } from './plan-sources.js';
import { selectUnpublished } from './plan-unpublished.js';

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
  const headRevision = options.head ?? (env.NX_HEAD || undefined);
  const head = await requireCommit(root, headRevision ?? 'HEAD');
  const isLocal = event === undefined && headRevision === undefined;
  const commit = isLocal ? await repository.openWorkTree(head) : await repository.openCommit(head);
  const images = await readCommitImages(commit);
  const sources = await findSources(root, images);
  const digests = planDigests(images, sources, env);
  const situation: Situation = { options, root, env, event, repository, head, images, sources, digests };
  const selection = await select(situation);
  return planResult(situation, selection);
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
  if (options.refreshBases && !event) throw noEvent();
  if (options.all || chosen) {
    const scope = chosen ? `images of ${describeChosen(chosen)}` : 'all images, as asked for';
    const reasons = new Map(candidates.map((id) => [id, 'asked for']));
    return { ...nothing, scope, reasons, otherwise: 'not asked for' };
  }
  return { ...nothing, ...(await selectChanged(situation)) };
}

/** What a pull request changes decides there; on a developer's machine nothing would stand for the wish. */
function noEvent(): DockerPluginError {
  return new DockerPluginError({
    code: 'OPTIONS_INVALID',
    severity: 'error',
    message: '--refresh-bases asks about images that are published, and no CI publishes here',
    fix: 'run it in the CI with --publish, or build with nx run-many -t docker-build --refreshBases here',
  });
}
