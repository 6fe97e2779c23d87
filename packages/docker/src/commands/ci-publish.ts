import { openCi } from '../ci/open-ci.js';
import { publishPlan } from '../ci/publish.js';
import { readPlan } from '../ci/read-plan.js';
import { readRecords } from '../ci/read-records.js';
import { reportPublished } from '../ci/report-published.js';
import { writePublished } from '../ci/write-published.js';
import { DockerPluginError } from '../core/errors.js';
import { setOutput } from '../host/ci-output.js';
import { readTagFacts } from '../host/read-tag-facts.js';
import { type Command, print, requireNoNames, requireText, type Values } from './command.js';

export const ciPublishCommand: Command = {
  usage: `
  ci publish
      Gives all images of a plan their names, all or none: it merges platforms into one index,
      marks each image with its inputs and its commit, then moves tags, but none backwards.
        --plan <file>             what matrix --out has written
        --records <folder>        records of all jobs
        --out <folder>            where the records of what was published go, and subjects.txt
`,
  options: { plan: { type: 'string' }, records: { type: 'string' }, out: { type: 'string' } },
  run: runCiPublish,
};

async function runCiPublish(names: readonly string[], values: Values): Promise<number> {
  requireNoNames(names);
  const plan = readPlan(requireText(values, 'plan'));
  const records = readRecords(requireText(values, 'records'));
  const out = requireText(values, 'out');
  if (!plan.publish) throw notForPublishing();
  const open = await openCi();
  const { root, options } = open;
  const facts = await readTagFacts(open);
  const rules = options.publish ?? {};
  const published = await publishPlan({ root, plan, records, rules, facts, now: new Date() });
  const subjects = writePublished(published.images, { out, head: plan.head });
  setOutput('subjects', String(subjects));
  return print(reportPublished(published));
}

/** The plan of a pull request has images that nobody reviewed. */
function notForPublishing(): DockerPluginError {
  return new DockerPluginError({
    code: 'OPTIONS_INVALID',
    severity: 'error',
    message: 'the plan is not for publishing',
    fix: 'plan with matrix --publish, on a push, a tag or by hand',
  });
}
