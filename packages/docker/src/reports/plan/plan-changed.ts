import { affectedImages } from '../../core/plan/affected-images.js';
import { compareTrees } from '../../core/plan/compare-trees.js';
import type { Commit } from '../../host/git/open-commit.js';
import { readNxJson } from '../images/plugin-entries.js';
import { type CommitImages, imageState, readCommitImages } from './plan-images.js';
import { rangeQuestion, resolveRange } from './plan-range.js';
import type { Selection, Situation } from './plan-situation.js';

export type Changed = Pick<Selection, 'base' | 'scope' | 'reasons' | 'otherwise'>;

/** Selects what differs from the commit that the CI, a person or the default branch names. */
export async function selectChanged(situation: Situation): Promise<Changed> {
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
