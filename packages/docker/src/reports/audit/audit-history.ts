import type { HistoryReplay } from '../../core/audit/replay/replay-report.js';
import { requireCommit } from '../../host/git/find-commit.js';
import { readGit } from '../../host/git/run-git.js';
import type { AuditedRepository } from './audit.js';
import { decideImage, readAuditModel } from './audit-model.js';
import { replayHistory } from './replay-history.js';

/**
 * Replays the commits after a revision, as if each had been pushed alone to the default branch, with the workflows and
 * the images of its own time.
 *
 * @throws DockerPluginError GIT_FAILED where the clone does not have the revision.
 */
export async function auditHistory(
  { root, facts }: AuditedRepository,
  since: string,
): Promise<HistoryReplay> {
  const start = await requireCommit(root, since);
  const branch = await defaultBranch(root);
  return replayHistory({
    root,
    range: `${start}..HEAD`,
    readModel: async (workspace) => {
      const model = await readAuditModel(workspace, facts);
      return {
        images: model.images,
        decide: (id, files) => decideImage(model, id, { event: 'push', branch, files }),
      };
    },
  });
}

/** What `origin` calls its head, else the branch that is checked out. */
async function defaultBranch(root: string): Promise<string> {
  for (const args of [
    ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'],
    ['symbolic-ref', '--quiet', '--short', 'HEAD'],
  ]) {
    const { exitCode, stdout } = await readGit(root, args);
    if (exitCode === 0)
      return stdout
        .toString('utf8')
        .trim()
        .replace(/^origin\//, '');
  }
  return 'main';
}
