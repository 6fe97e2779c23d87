import type { Tree } from '@nx/devkit';
import { formatSummary } from '../../core/setup/format-summary.js';
import { gitlabPipelinePath } from '../../core/workflow/gitlab-pipeline.js';
import syncWorkflow from '../sync-workflow/sync-workflow.js';
import { nextSteps } from './next-steps.js';
import { requireOwnWorkflow } from './own-workflow.js';
import { planSetup, type SetupPlan } from './plan-setup.js';
import { readSetup, type SetupFacts } from './read-setup.js';
import { invalid, readSetupOptions, type SetupGeneratorOptions } from './setup-options.js';
import { writeNxJson } from './write-nx-json.js';

const workflowSync = '@moltbook/docker:sync-workflow';
const referencesSync = '@moltbook/docker:sync-references';

/**
 * Registers the plugin, takes over what an existing setup says about the images, and writes the CI workflow. A second
 * run changes nothing.
 *
 * @throws DockerPluginError before anything is written.
 */
export default async function setup(tree: Tree, given: SetupGeneratorOptions = {}): Promise<void> {
  const request = readSetupOptions(given);
  const facts = await readSetup(tree);
  await printSetup(tree, facts, planSetup(facts, request));
}

/** Writes what was planned, and prints what was found and done. */
export async function printSetup(tree: Tree, facts: SetupFacts, plan: SetupPlan): Promise<void> {
  const written = await writeSetup(tree, facts, plan);
  const summary = { ...plan, title: '@moltbook/docker setup', written, next: nextSteps(facts, plan) };
  process.stdout.write(`\n${formatSummary(summary)}`);
}

/** Writes what was planned, and says what. */
export async function writeSetup(tree: Tree, facts: SetupFacts, plan: SetupPlan): Promise<string[]> {
  const hasWorkflow = plan.provider !== 'none' && facts.images.length > 0;
  if (hasWorkflow && plan.registry === undefined) throw noRegistry(plan);
  if (hasWorkflow) requireOwnWorkflow(tree, plan.provider);
  const added = writeNxJson(tree, facts, {
    options: plan.options,
    syncGenerators: [
      ...(hasWorkflow ? [workflowSync] : []),
      ...(hasManifests(facts, plan) ? [referencesSync] : []),
    ],
  });
  return [
    ...added.map((what) => `nx.json: ${what}`),
    ...(hasWorkflow ? await writeWorkflow(tree) : []),
    ...(hasWorkflow && plan.provider === 'gitlab' ? includePipeline(tree) : []),
  ];
}

function hasManifests({ entries }: SetupFacts, plan: SetupPlan): boolean {
  return plan.options[0]?.kubernetes !== undefined || (entries[0].options.kubernetes?.paths ?? []).length > 0;
}

async function writeWorkflow(tree: Tree): Promise<string[]> {
  const result = await syncWorkflow(tree);
  return (
    result?.outOfSyncDetails.map((detail) => detail.replace(/ is missing\.$/, '').replace(/\.$/, '')) ?? []
  );
}

/** A pipeline that is there is the user's own. */
function includePipeline(tree: Tree): string[] {
  if (tree.exists('.gitlab-ci.yml')) return [];
  tree.write('.gitlab-ci.yml', `include:\n  - local: ${gitlabPipelinePath}\n`);
  return ['.gitlab-ci.yml'];
}

function noRegistry({ contradictions }: SetupPlan) {
  return invalid(
    ['nothing says which registry the images go to', ...contradictions].join('; '),
    'give --registry, such as ghcr.io/<owner>, or --ci=none to write no workflow',
  );
}
