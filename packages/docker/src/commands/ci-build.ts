import { buildJob } from '../ci/build-job.js';
import { buildLabels } from '../ci/build-labels.js';
import { chooseCache } from '../ci/choose-cache.js';
import { openCi } from '../ci/open-ci.js';
import { findJob, readPlan } from '../ci/read-plan.js';
import { readRecords } from '../ci/read-records.js';
import { formatBuilt } from '../core/report/format-built.js';
import { readTagFacts } from '../host/read-tag-facts.js';
import {
  type Command,
  print,
  requireNoNames,
  requireText,
  textOf,
  UsageError,
  type Values,
} from './command.js';

const caches = ['gha', 'registry', 'none'] as const;

export const ciBuildCommand: Command = {
  usage: `
  ci build
      Builds the images of a job by nx run, with the bases that they need, and says of each what
      came of it. Exits with 1 if one failed; the others are built all the same.
        --plan <file>             what matrix --out has written
        --job <id>                the job of the plan
        --push                    pushes by digest, without a name, and takes bases from the registry
        --records <folder>        records of earlier jobs, with the digests of bases
        --out <folder>            where the records of this job go
        --cache <kind>            gha, registry or none; default: the plugin's option ci.cache
        --cache-write             writes the cache, too
`,
  options: {
    plan: { type: 'string' },
    job: { type: 'string' },
    push: { type: 'boolean' },
    records: { type: 'string' },
    out: { type: 'string' },
    cache: { type: 'string' },
    'cache-write': { type: 'boolean' },
  },
  run: runCiBuild,
};

async function runCiBuild(names: readonly string[], values: Values): Promise<number> {
  requireNoNames(names);
  const plan = readPlan(requireText(values, 'plan'));
  const job = findJob(plan, requireText(values, 'job'));
  const push = values.push === true;
  if (push && !plan.publish) throw new UsageError('--push needs a plan that publishes: matrix --publish');
  const open = await openCi();
  const { root, options } = open;
  const [records, facts] = [textOf(values, 'records'), await readTagFacts(open)];
  const built = await buildJob({
    root,
    plan,
    job,
    push,
    records: records === undefined ? [] : readRecords(records),
    out: textOf(values, 'out'),
    cache: chooseCache(cacheOf(values), { ci: options.ci ?? {}, plan }),
    cacheWrite: values['cache-write'] === true,
    ci: options.ci ?? {},
    labelsOf: (image) => buildLabels(image, options.publish ?? {}, { facts, now: new Date() }),
  });
  print(formatBuilt(built));
  return built.every(({ record }) => record) ? 0 : 1;
}

function cacheOf(values: Values): (typeof caches)[number] | undefined {
  const given = textOf(values, 'cache');
  const known = caches.find((name) => name === given);
  if (given !== undefined && !known) throw new UsageError(`--cache takes ${caches.join(', ')}`);
  return known;
}
