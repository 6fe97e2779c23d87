import { openCi } from '../ci/open-ci.js';
import { prepareJob } from '../ci/prepare-job.js';
import { findJob, imagesById, readPlan } from '../ci/read-plan.js';
import { type Command, print, requireNoNames, requireText } from './command.js';

export const ciPrepareCommand: Command = {
  usage: `
  ci prepare
      Runs the Nx tasks that the images of a job depend on, but builds no image: before a job
      logs in to a registry.
        --plan <file>             what matrix --out has written
        --job <id>                the job of the plan
`,
  options: { plan: { type: 'string' }, job: { type: 'string' } },
  async run(names, values) {
    requireNoNames(names);
    const plan = readPlan(requireText(values, 'plan'));
    const job = findJob(plan, requireText(values, 'job'));
    const { root } = await openCi();
    const tasks = await prepareJob({ root, images: job.images, all: new Set(imagesById(plan).keys()) });
    return print(tasks.map((id) => `${id} is done\n`).join('') || 'there is nothing to prepare\n');
  },
};
