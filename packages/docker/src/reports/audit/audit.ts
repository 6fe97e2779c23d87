import type { AuditFinding } from '../../core/audit/audit-finding.js';
import { type AuditReport, makeAuditReport } from '../../core/audit/audit-report.js';
import { auditWorkflows } from '../../core/audit/audit-workflows.js';
import type { RepositoryFacts } from '../../core/audit/github/github-scope.js';
import { blobReader } from '../../host/git/blob-reader.js';
import { openWorkTree } from '../../host/git/open-work-tree.js';
import { readTree } from '../../host/git/read-tree.js';
import { readGit, requireGit } from '../../host/git/run-git.js';
import type { Workspace } from '../../nx/workspace.js';
import { auditImageOf } from './audit-image-of.js';
import { type AuditModel, readAuditModel } from './audit-model.js';

/** An audit, and what it was made of. */
export interface Audit {
  readonly report: AuditReport;
  readonly findings: readonly AuditFinding[];
  readonly model: AuditModel;
}

/** A repository on disk. */
export interface AuditedRepository {
  /** Its absolute path. */
  readonly root: string;
  readonly facts: RepositoryFacts;
}

/**
 * Finds the repository around a folder.
 *
 * @throws DockerPluginError GIT_FAILED where there is none.
 */
export async function findRepository(folder: string): Promise<AuditedRepository> {
  const root = (await requireGit(folder, ['rev-parse', '--show-toplevel'])).replace(/\n$/, '');
  const remote = await readGit(root, ['remote', 'get-url', 'origin']);
  const url = remote.stdout.toString('utf8').trim();
  const repository = /[/:]([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(url)?.[1];
  return { root, facts: repository === undefined ? {} : { repository } };
}

/** Opens the files of a repository as they are on disk, those that git does not know yet, too. */
export async function openRepository({ root }: AuditedRepository): Promise<Workspace> {
  const blobs = blobReader(root);
  const hasCommit = (await readGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD'])).exitCode === 0;
  return openWorkTree(root, hasCommit ? await readTree(root, 'HEAD') : [], { prefix: '', blobs });
}

/** Audits the workflows of a workspace against its images. It needs no Nx and no installation. */
export async function auditWorkspace(workspace: Workspace, facts: RepositoryFacts = {}): Promise<Audit> {
  const model = await readAuditModel(workspace, facts);
  const images = model.images.map((image) =>
    auditImageOf(image, { images: model.images, index: workspace.index }),
  );
  const builds = model.builds.flatMap(({ build }) => {
    const image = images.find(({ id }) => id === build.workflow.imageId);
    return image ? [{ build, image }] : [];
  });
  const { workflows, unlinked } = model;
  const findings = auditWorkflows({ workflows, builds, unlinked, files: workspace.index.paths });
  return { report: makeAuditReport({ workflows, images, builds, unlinked, findings }), findings, model };
}
