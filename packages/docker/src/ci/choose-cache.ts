import type { Plan } from '../core/plan/plan.js';
import type { CiCache, CiOptions } from '../core/workflow/ci-options.js';
import { readCiFacts } from '../host/ci-facts.js';
import { annotate } from '../host/ci-output.js';

/**
 * The build cache of a job: the one that is given, else the one of the options, else GitHub's for few images and the
 * registry's for many. On a developer's machine it is none but the engine's own.
 */
export function chooseCache(
  given: CiCache | undefined,
  { ci, plan }: { ci: CiOptions; plan: Plan },
): CiCache {
  const { provider } = readCiFacts();
  const isSmall = plan.images.length + plan.unchanged.length <= 5;
  const cache =
    given ??
    (provider === null ? 'none' : (ci.cache ?? (provider === 'github' && isSmall ? 'gha' : 'registry')));
  if (cache !== 'gha' || process.env.ACTIONS_RUNTIME_TOKEN) return cache;
  // buildx would say nothing, and build everything anew.
  annotate(
    'warning',
    "GitHub's cache is not used: ACTIONS_RUNTIME_TOKEN is not set, which the step before has to export",
  );
  return 'none';
}
