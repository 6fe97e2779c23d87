import type { Problem } from '../../core/errors.js';
import { type CommitNames, commitNames } from '../../core/tags/commit-names.js';
import { readTagFacts } from '../../host/read-tag-facts.js';
import { openWorkspace } from '../../nx/open-workspace.js';
import { imageId } from '../../nx/workspace-images.js';
import { openImages } from './open-images.js';
import { readNxJson } from './plugin-entries.js';
import { publishSettings } from './publish-settings.js';
import { selectProjects } from './select-projects.js';

/** What the commit that is checked out would be published as. */
export interface NamedCommit {
  /** 40 hexadecimal digits; empty without a commit. */
  readonly commit: string;
  /** `refs/heads/main`; empty on a detached HEAD without a git tag. */
  readonly ref: string;
  readonly images: readonly NamedImage[];
  /** Of the rules, each once. */
  readonly problems: readonly Problem[];
}

export interface NamedImage extends Omit<CommitNames, 'problems'> {
  /** `api:docker-build` */
  readonly id: string;
  /** Registry and repository. */
  readonly image: string;
}

/**
 * Computes the names of images for a commit by the rules of the workspace, as a publication would. No registry is asked,
 * so it is not known which of them may move.
 *
 * @param projects Those whose images are named; all if there are none.
 * @param now The clock, for `{{date}}` in rules.
 * @throws DockerPluginError NAME_UNKNOWN for a project without an image.
 */
export async function nameCommit(
  projects: readonly string[],
  { root, now }: { readonly root?: string; readonly now: Date },
): Promise<NamedCommit> {
  const open = await openImages(root);
  const { options, branch } = publishSettings(readNxJson(await openWorkspace(open.root)));
  const facts = await readTagFacts({ root: open.root, branch });
  const named = selectProjects(open, projects).map(({ image }) => ({
    id: imageId(image),
    image: image.image,
    ...commitNames(image.image, options.publish ?? {}, { facts, now }),
  }));
  const problems = [...open.problems, ...named.flatMap((each) => each.problems)];
  return {
    commit: facts.sha,
    ref: facts.ref,
    images: named.map(({ problems: _, ...image }) => image),
    problems: [...new Map(problems.map((problem) => [problem.message, problem])).values()],
  };
}
