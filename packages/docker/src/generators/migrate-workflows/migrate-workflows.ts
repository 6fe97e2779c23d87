import type { Tree } from '@nx/devkit';
import { formatAudit } from '../../core/audit/format-audit.js';
import { DockerPluginError } from '../../core/errors.js';
import { joinWords } from '../../core/setup/find-agreement.js';
import { formatSummary } from '../../core/setup/format-summary.js';
import { gitlabPipelinePath } from '../../core/workflow/gitlab-pipeline.js';
import { readTerminal } from '../../host/read-terminal.js';
import { auditWorkspace } from '../../reports/audit/audit.js';
import { nextSteps } from '../setup/next-steps.js';
import { workflowPath } from '../setup/own-workflow.js';
import { planSetup } from '../setup/plan-setup.js';
import { readSetup } from '../setup/read-setup.js';
import { writeSetup } from '../setup/setup.js';
import { invalid, readSetupOptions, type SetupGeneratorOptions } from '../setup/setup-options.js';
import { confirm } from './confirm.js';
import { type MigratedFile, planMigration } from './plan-migration.js';

export interface MigrateGeneratorOptions extends SetupGeneratorOptions {
  /** Ask nothing. */
  readonly yes?: boolean;
}

const rootPipeline = '.gitlab-ci.yml';

/**
 * Replaces workflows that build images by the generated one, after it has shown what they miss and waste. A file is
 * deleted only if the generated workflow does all that its jobs do; every other file stays byte by byte.
 *
 * @throws DockerPluginError before anything is written.
 */
export default async function migrateWorkflows(
  tree: Tree,
  given: MigrateGeneratorOptions = {},
): Promise<void> {
  const request = readSetupOptions(given);
  const facts = await readSetup(tree);
  const { workspace, remote, model } = facts;
  const audit = await auditWorkspace(workspace, remote ? { repository: remote.path } : {});
  if (model.builds.length === 0) {
    process.stdout.write(
      '\nNo workflow here builds an image of the workspace: there is nothing to migrate.\n',
    );
    return;
  }
  process.stdout.write(`\n${formatAudit(audit.report, readTerminal())}\n`);
  const plan = planSetup(facts, request);
  if (plan.provider === 'none') throw noProvider(plan.contradictions);
  const files = planMigration(facts, plan);
  requireFreePath(files, workflowPath(plan.provider));
  const covered = files.filter(({ reasons }) => reasons.length === 0);
  if (covered.length > 0 && !(await confirm(question(covered), given.yes ?? false))) {
    process.stdout.write('Nothing was changed.\n');
    return;
  }
  for (const { file } of covered) tree.delete(file);
  const written = await writeSetup(tree, facts, plan);
  const summary = {
    ...plan,
    title: '@moltbook/docker migrate-workflows',
    notes: [...plan.notes, ...covered.flatMap(({ notes }) => notes), ...requiredChecks(covered)],
    written: [...written, ...covered.map((each) => sayCovered(each, tree))],
    next: [
      ...files.flatMap(stepsFor),
      ...nextSteps({ ...facts, model: { ...model, builds: [] } }, plan).filter((step) => !isDone(step, tree)),
    ],
  };
  process.stdout.write(`\n${formatSummary(summary)}`);
}

/** The generated workflow cannot stand beside a file of the same name. */
function requireFreePath(files: readonly MigratedFile[], path: string): void {
  const own = files.find(({ file }) => file === path);
  if (own === undefined || own.reasons.length === 0) return;
  throw new DockerPluginError({
    code: 'WORKFLOW_FOREIGN',
    severity: 'error',
    message: `${path} is where the generated workflow goes, and it has to stay: ${own.reasons.join('; ')}`,
    fix: 'rename it, and run this generator again',
    place: { file: path, line: 1, column: 1 },
  });
}

function question(covered: readonly MigratedFile[]): string {
  return `Delete ${joinWords(covered.map(({ file }) => file))}, whose jobs the generated workflow does?`;
}

function sayCovered({ file, jobs }: MigratedFile, tree: Tree): string {
  const names = joinWords(jobs.map(({ id }) => id));
  const fate = tree.exists(file) ? 'replaced' : 'deleted';
  return `${file} is ${fate}: the generated workflow does what its ${jobs.length === 1 ? 'job' : 'jobs'} ${names} did`;
}

/** A file that stays is the user's: each job is named, with what to do about it. */
function stepsFor({ file, jobs, reasons }: MigratedFile): string[] {
  if (reasons.length === 0) return [];
  const replaced = jobs.filter(({ kind }) => kind !== 'other').map(({ id }) => id);
  const why = `${file} is left as it is: ${reasons.join('; ')}`;
  if (replaced.length === 0) return [why];
  return [`${why}\nTake out of it what the generated workflow does: ${joinWords(replaced)}`];
}

function requiredChecks(covered: readonly MigratedFile[]): string[] {
  const jobs = covered.flatMap((file) => file.jobs.map(({ id }) => id));
  if (jobs.length === 0) return [];
  return [`where ${joinWords([...new Set(jobs)])} are required checks, the check images takes their place`];
}

/** A new root file includes the pipeline already. */
function isDone(step: string, tree: Tree): boolean {
  return (
    step.startsWith(`add to ${rootPipeline}`) &&
    (tree.read(rootPipeline, 'utf8') ?? '').includes(gitlabPipelinePath)
  );
}

function noProvider(contradictions: readonly string[]) {
  return invalid(
    ['it cannot be told which CI is to build the images', ...contradictions].join('; '),
    'give --ci=github or --ci=gitlab',
  );
}
