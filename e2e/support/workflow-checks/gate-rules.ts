import type { CheckedWorkflow } from './read-workflow.js';

const refusedTriggers = ['pull_request_target', 'workflow_run', 'unreadable'];
const wantedTriggers = ['push', 'pull_request', 'merge_group', 'workflow_dispatch'];

/** Of the workflow as a whole, and of the one job that is required. */
export function gateRules({ triggers, permissions, shell, jobs }: CheckedWorkflow): string[] {
  const gate = jobs.find(({ id }) => id === 'images');
  const others = jobs.map(({ id }) => id).filter((id) => id !== 'images');
  const plan = jobs.find(({ id }) => id === 'plan');
  return [
    ...Object.keys(triggers)
      .filter((name) => refusedTriggers.includes(name))
      .map((name) => `runs code of others with rights: ${name}`),
    ...wantedTriggers
      .filter((name) => !Object.hasOwn(triggers, name))
      .map((name) => `does not run on ${name}`),
    ...(/"paths/.test(JSON.stringify(triggers)) ? ['filters by paths'] : []),
    ...(typeof permissions === 'object' && Object.keys(permissions ?? {}).length === 0
      ? []
      : ['gives all jobs a right']),
    ...(shell === 'bash' ? [] : ['runs scripts without pipefail']),
    ...(gate ? [] : ['has no job images']),
    ...(gate?.if.includes('always()') ? [] : ['images: does not always run']),
    ...others.filter((id) => !gate?.needs.includes(id)).map((id) => `images: does not wait for ${id}`),
    ...jobs
      .flatMap(({ matrix = '' }) => [...matrix.matchAll(/outputs\.(\w+)/g)].map(([, name = '']) => name))
      .filter((name) => !plan?.outputs.includes(name))
      .map((name) => `plan: has no output ${name}`),
    ...(plan?.outputs ?? [])
      .filter(
        (name) => /^count_/.test(name) && !gate?.steps.some(({ text }) => text.includes(`outputs.${name} `)),
      )
      .map((name) => `images: does not look at ${name}`),
  ];
}
