import { join } from 'node:path';
import { type MendedFile, mendWorkflows } from '../../core/audit/fix/mend-workflows.js';
import { writeFileWhole } from '../../host/write-file.js';
import type { Workspace } from '../../nx/workspace.js';
import { type Audit, type AuditedRepository, auditWorkspace } from './audit.js';

/** What mending did. */
export interface AuditFix {
  readonly files: readonly MendedFile[];
  /** The audit of what is there now. */
  readonly audit: Audit;
}

/**
 * Mends the lists of paths in the workflows of a repository and audits it again. Files are written once all are known to
 * be right.
 */
export async function fixAudit(audit: Audit, { root, facts }: AuditedRepository): Promise<AuditFix> {
  const { workspace, workflows } = audit.model;
  const files = mendWorkflows({ findings: audit.findings, workflows, readText: workspace.readText });
  if (files.length === 0) return { files, audit };
  const mended = await auditWorkspace(withTexts(workspace, files), facts);
  for (const { file, after } of files) writeFileWhole(join(root, file), after);
  return { files, audit: mended };
}

function withTexts(workspace: Workspace, files: readonly MendedFile[]): Workspace {
  const texts = new Map(files.map(({ file, after }) => [file, after]));
  return { ...workspace, readText: (path) => texts.get(path) ?? workspace.readText(path) };
}
