import type { CheckedJob, CheckedStep } from './read-workflow.js';

const codeOfOthers = /\bci prepare\b|\bnpm ci\b|\binstall\b|\bnx\b/;

export function stepRules(job: CheckedJob): string[] {
  const canWrite = Object.values(job.permissions ?? {}).includes('write');
  return [
    ...job.steps.flatMap((step) => [
      ...scriptRules(step),
      ...checkoutRules(job, step),
      ...artifactRules(job, step),
      ...(canWrite ? cacheRules(step) : []),
      ...(step.text.includes('"continue-on-error":true') ? ['goes on after an error'] : []),
      ...(step.text.includes('toJSON(') ? ['puts a whole object into one variable'] : []),
      ...(/secrets\./.test(step.text) && step.action !== 'docker/login-action' && !isSigning(job, step)
        ? ['shows a secret to a step']
        : []),
    ]),
    ...loginRules(job),
  ];
}

/** The command that signs gets the key, in a job that has cosign and builds nothing. */
function isSigning({ id, steps }: CheckedJob, step: CheckedStep): boolean {
  const hasCosign = steps.some(({ action }) => action === 'sigstore/cosign-installer');
  return id === 'publish' && hasCosign && / ci publish /.test(step.run);
}

/** An expression in a script is replaced before the shell reads it: whatever it holds becomes code. */
function scriptRules({ run, inputs }: CheckedStep): string[] {
  const script = `${run}${inputs.script ?? ''}`;
  return [
    ...(script.includes('${{') ? ['has an expression in a script'] : []),
    ...(/>>\s*"?\$GITHUB_OUTPUT/.test(script) ? ['writes an output by hand'] : []),
    ...(/\|\| true\b/.test(script) ? ['swallows a failure'] : []),
  ];
}

function checkoutRules({ id, permissions = {} }: CheckedJob, { action, inputs }: CheckedStep): string[] {
  if (action !== 'actions/checkout') return [];
  const canPush = permissions.contents === 'write';
  const needsHistory = ['plan', 'publish', 'references'].includes(id);
  return [
    ...(typeof inputs['persist-credentials'] === 'boolean'
      ? []
      : ['does not say whether git keeps its credentials']),
    ...(inputs['persist-credentials'] === true && !canPush
      ? ['keeps credentials that it does not need']
      : []),
    ...(inputs['persist-credentials'] === false && canPush ? ['keeps no credentials to push with'] : []),
    ...(needsHistory && inputs['fetch-depth'] !== 0 ? ['lacks the history'] : []),
    ...(id === 'references' && inputs.ref === undefined ? ['changes an older commit than the tip'] : []),
    ...(/\$\{\{/.test(String(inputs.ref ?? '')) ? ['checks out what an event names'] : []),
  ];
}

function artifactRules({ id, matrix }: CheckedJob, { action, inputs }: CheckedStep): string[] {
  if (action === 'actions/upload-artifact')
    return [
      ...(inputs.overwrite === true ? [] : ['fails when it runs a second time']),
      ...(inputs['if-no-files-found'] === 'error' ? [] : ['leaves nothing and says nothing']),
      ...(matrix !== undefined && !String(inputs.name).includes('${{ matrix.id }}')
        ? ['gives the artifacts of all entries one name']
        : []),
      ...(id.startsWith('build_') && !String(inputs.name).startsWith('records-')
        ? ['names its records so that no job finds them']
        : []),
    ];
  if (action === 'actions/download-artifact' && inputs.pattern !== undefined)
    return [
      ...(inputs.pattern === 'records-*'
        ? []
        : [`takes the artifacts ${inputs.pattern}, which no job makes`]),
      ...(inputs['merge-multiple'] === true ? [] : ['takes artifacts apart into folders']),
    ];
  return [];
}

/** Inputs that keep an action from restoring what an earlier run has left. */
const cacheSwitches: Readonly<Record<string, readonly [string, boolean]>> = {
  'actions/setup-node': ['package-manager-cache', false],
  'docker/setup-buildx-action': ['cache-binary', false],
  'docker/setup-qemu-action': ['cache-image', false],
  'oven-sh/setup-bun': ['no-cache', true],
};

/** A restored cache is an input that nobody reviewed. */
function cacheRules({ action, inputs }: CheckedStep): string[] {
  if (action === 'actions/cache') return ['restores a cache where it can write'];
  const [name, value] = cacheSwitches[action] ?? [];
  if (name === undefined) return [];
  return inputs[name] === value && inputs.cache === undefined
    ? []
    : [`restores what ${action} has kept where it can write`];
}

function loginRules({ id, steps }: CheckedJob): string[] {
  const login = steps.findIndex(({ action }) => action === 'docker/login-action');
  if (login < 0) return [];
  const exposed = steps.slice(login).some(({ run }) => codeOfOthers.test(run.replace(/--no-install/g, '')));
  return [
    ...(id === 'check' ? ['logs in for a pull request'] : []),
    ...(id === 'plan' && !/github\.event_name == 'push'/.test(steps[login]?.if ?? '')
      ? ['logs in for any event']
      : []),
    ...(exposed ? ['runs code of the workspace after the login'] : []),
  ];
}
