import type { CheckedJob } from './read-workflow.js';

/** Which rights a job may have. */
const mayWrite: Readonly<Record<string, readonly RegExp[]>> = {
  contents: [/^references$/],
  'pull-requests': [/^references$/],
  packages: [/^build_\d+$/, /^publish$/],
  'id-token': [/^publish$/],
  attestations: [/^publish$/],
};

const isTrusted = /github\.event_name == 'push'/;
const status = /!cancelled\(\)|always\(\)/;

export function jobRules(job: CheckedJob): string[] {
  return [
    ...(job.hasTimeout ? [] : ['has no timeout']),
    ...permissionRules(job),
    ...conditionRules(job),
    ...(isSerial(job) && job.concurrency?.['cancel-in-progress'] !== false
      ? ['does not wait for the same job of another run']
      : []),
  ];
}

function permissionRules(job: CheckedJob): string[] {
  if (job.permissions === undefined || typeof job.permissions !== 'object')
    return ['has no permissions of its own'];
  const writes = Object.entries(job.permissions).filter(([, access]) => access === 'write');
  const wrong = writes.filter(([scope]) => !mayWrite[scope]?.some((name) => name.test(job.id)));
  const follows = job.if.includes("needs.publish.result == 'success'");
  return [
    ...wrong.map(([scope]) => `may write ${scope}`),
    ...(writes.length > 0 && !isTrusted.test(job.if) && !follows ? ['can write, for any event'] : []),
    ...(/pull_request|merge_group/.test(job.if) && writes.length > 0 ? ['can write, for pull requests'] : []),
    ...requiredRights(job).map((right) => `lacks ${right}`),
  ];
}

/** A right that a step of the job cannot do without. */
function requiredRights({ permissions = {}, steps }: CheckedJob): string[] {
  const uses = (action: string) => steps.some((step) => step.action === action);
  const pushes = steps.some(
    ({ action, inputs }) => action === 'docker/login-action' && inputs.password === '${{ github.token }}',
  );
  const writesImages = steps.some(({ run }) => /\bci (build|publish)\b/.test(run));
  const wanted: [string, string, boolean][] = [
    ['contents', 'read', uses('actions/checkout')],
    ['contents', 'write', steps.some(({ run }) => run.includes('ci references'))],
    ['packages', writesImages ? 'write' : 'read', pushes],
    ['id-token', 'write', uses('actions/attest')],
    ['attestations', 'write', uses('actions/attest')],
  ];
  return wanted
    .filter(([scope, access, isNeeded]) => isNeeded && !allows(permissions[scope], access))
    .map(([scope, access]) => `${scope}: ${access}`);
}

function allows(given: string | undefined, access: string): boolean {
  return given === 'write' || (given === 'read' && access === 'read');
}

function conditionRules(job: CheckedJob): string[] {
  const later = job.needs.filter((need) => need !== 'plan');
  const asked = later.filter((need) => !job.if.includes(`needs.${need}.result`));
  const [, wave] = /needs\.plan\.outputs\.wave_(\d+)/.exec(job.matrix ?? '') ?? [];
  return [
    ...(later.length > 0 && !status.test(job.if) ? ['is skipped when a job before it is skipped'] : []),
    ...(later.length > 0 && !job.if.includes('always()') && job.id.match(/^(build|publish)/)
      ? asked.map((need) => `does not ask how ${need} ended`)
      : []),
    ...(wave !== undefined && !job.if.includes(`needs.plan.outputs.count_${wave} != '0'`)
      ? ['has no guard against an empty matrix']
      : []),
    ...(/if: \|/.test(job.if) ? ['has a condition that is always true'] : []),
  ];
}

function isSerial({ id }: CheckedJob): boolean {
  return id === 'publish' || id === 'references';
}
