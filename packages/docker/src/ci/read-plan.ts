import { DockerPluginError } from '../core/errors.js';
import type { Plan, PlanJob, PlannedImage } from '../core/plan/plan.js';
import { readTextFile } from '../host/read-text-file.js';

/**
 * Reads the plan that `matrix --out` wrote.
 *
 * @throws DockerPluginError FILE_UNREADABLE for what is no plan.
 */
export function readPlan(path: string): Plan {
  const text = readTextFile(path);
  const plan = text === undefined ? undefined : parsePlan(text);
  if (plan) return plan;
  throw new DockerPluginError({
    code: 'FILE_UNREADABLE',
    severity: 'error',
    message: `${path} ${text === undefined ? 'cannot be read' : 'is no plan of this version'}`,
    fix: 'write it with moltbook-docker matrix --out, of the same version',
  });
}

/** @throws DockerPluginError NAME_UNKNOWN */
export function findJob(plan: Plan, id: string): PlanJob {
  const jobs = plan.waves.flat();
  const job = jobs.find((each) => each.id === id);
  if (job) return job;
  throw new DockerPluginError({
    code: 'NAME_UNKNOWN',
    severity: 'error',
    message: `${JSON.stringify(id)} is no job of the plan`,
    fix:
      jobs.length === 0
        ? 'leave this out: the plan has no jobs'
        : `name one of ${jobs.map((each) => each.id).join(', ')}`,
  });
}

/** All images of the workspace by id. */
export function imagesById(plan: Plan): ReadonlyMap<string, PlannedImage> {
  return new Map([...plan.images, ...plan.unchanged].map((image) => [image.id, image]));
}

/** Only what decides is checked: the plan is our own file, handed over by the CI. */
function parsePlan(text: string): Plan | undefined {
  try {
    const plan = JSON.parse(text) as Plan;
    const lists = [plan.images, plan.unchanged, plan.waves];
    const isPlan = plan.version === 1 && lists.every(Array.isArray) && /^[0-9a-f]{40}$/.test(plan.head);
    return isPlan ? plan : undefined;
  } catch {
    return undefined;
  }
}
