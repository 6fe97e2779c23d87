import type { Tree } from '@nx/devkit';
import { hasForeignWorkflow } from '../setup/own-workflow.js';
import { planSetup } from '../setup/plan-setup.js';
import { readSetup } from '../setup/read-setup.js';
import { printSetup } from '../setup/setup.js';
import { readSetupOptions } from '../setup/setup-options.js';

export interface InitGeneratorOptions {
  readonly registry?: string;
}

/**
 * What `nx add` runs: setup with what can be found, and no questions. The CI workflow is written only where the registry
 * is known and nothing builds the images yet, so that adding a package never publishes anything twice.
 */
export default async function init(tree: Tree, { registry }: InitGeneratorOptions = {}): Promise<void> {
  const request = readSetupOptions(registry === undefined ? {} : { registry });
  const facts = await readSetup(tree);
  const plan = planSetup(facts, request);
  const mayWrite =
    plan.registry !== undefined &&
    facts.model.builds.length === 0 &&
    !hasForeignWorkflow(tree, plan.provider);
  await printSetup(tree, facts, mayWrite ? plan : planSetup(facts, { ...request, ci: 'none' }));
}
