import { basename } from 'node:path';
import { type EventFacts, type EventKind, makeEvent } from '../../core/simulate/make-event.js';
import type { WorkflowEvent } from '../../core/simulate/workflow-event.js';
import { findCommit, findMergeBase, readParents, requireCommit } from '../../host/git/find-commit.js';
import { readGitFacts } from '../../host/git/read-git-facts.js';
import { requireGit } from '../../host/git/run-git.js';

export interface LocalEventOptions {
  readonly kind: EventKind;
  readonly defaultBranch: string;
  /** Revisions. */
  readonly head?: string | undefined;
  readonly base?: string | undefined;
  readonly inputs?: EventFacts['inputs'];
}

export interface LocalEvent {
  readonly event: WorkflowEvent;
  readonly base: string | null;
}

/**
 * Makes the event that GitHub would send for a commit of this clone.
 *
 * @throws DockerPluginError GIT_FAILED for a revision that the clone does not have.
 */
export async function localEvent(root: string, options: LocalEventOptions): Promise<LocalEvent> {
  const { kind, defaultBranch, inputs } = options;
  const head = await requireCommit(root, options.head ?? 'HEAD');
  const base = await findBase(root, { ...options, head });
  const { tag, remoteUrl } = await readGitFacts(root);
  const event = makeEvent({
    kind,
    repository: repositoryOf(remoteUrl) ?? `local/${basename(root)}`,
    defaultBranch,
    head,
    base,
    ...(tag !== undefined && { gitTag: tag }),
    ...(inputs && { inputs }),
    ...(base !== null && { changedFiles: await changedFiles(root, kind, { base, head }) }),
  });
  return { event, base };
}

/** A push follows the commit before; what is to be merged goes to the tip of the default branch. */
async function findBase(
  root: string,
  { kind, base, head, defaultBranch }: LocalEventOptions & { readonly head: string },
): Promise<string | null> {
  if (kind === 'tag' || kind === 'dispatch') return null;
  if (base !== undefined) return requireCommit(root, base);
  const [parent = null] = await readParents(root, head);
  if (kind === 'push') return parent;
  const tip = (await findCommit(root, `origin/${defaultBranch}`)) ?? (await findCommit(root, defaultBranch));
  return tip === undefined || tip === head ? parent : tip;
}

/** As GitHub compares: a push by its two ends, a pull request from where its branch began. */
async function changedFiles(
  root: string,
  kind: EventKind,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<string[]> {
  const from = kind === 'push' ? base : ((await findMergeBase(root, base, head)) ?? base);
  const text = await requireGit(root, ['diff', '--name-only', '--no-renames', '-z', from, head, '--']);
  return text.split('\0').filter((path) => path !== '');
}

/** `owner/name` of a repository on GitHub. */
function repositoryOf(url = ''): string | undefined {
  return /[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(url)?.[1];
}
