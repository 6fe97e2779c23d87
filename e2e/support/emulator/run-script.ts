import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { maskCommands, readPairs } from './file-commands.js';
import type { Runner } from './run-instance.js';

export interface Script {
  readonly id: string;
  readonly script: string;
  readonly shell: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a `run:` step in a real shell, called as the runner calls it, and takes what it wrote for the runner. */
export async function runScript(
  runner: Runner,
  { id, script, shell, cwd, env }: Script,
): Promise<{ failed: boolean; outputs: Record<string, string> }> {
  const file = join(runner.temp, `${id}.sh`);
  const files = Object.fromEntries(
    ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'].map((name) => [
      name,
      join(runner.temp, `${name}-${id}`),
    ]),
  );
  writeFileSync(file, script);
  for (const each of Object.values(files)) writeFileSync(each, '');
  const [program = 'bash', ...args] = shellCommand(shell).map((part) => (part === '{0}' ? file : part));
  const running = execa(program, args, {
    cwd,
    env: { ...machineEnv(runner), ...env, ...files },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    all: true,
    detached: true,
  });
  // With all that it has started, or else a child would hold the output open.
  const kill = () => running.pid !== undefined && process.kill(-running.pid, 'SIGKILL');
  runner.signal.addEventListener('abort', kill);
  const result = await running;
  runner.signal.removeEventListener('abort', kill);
  const output = result.all ?? '';
  for (const value of maskCommands(output)) runner.masks.add(value);
  runner.log.push(output);
  const summary = readFileSync(files.GITHUB_STEP_SUMMARY ?? '', 'utf8');
  if (summary !== '') runner.log.push(`[summary]\n${summary}`);
  Object.assign(runner.env, readPairs(files.GITHUB_ENV ?? '', 'env'));
  runner.path.unshift(...lines(files.GITHUB_PATH));
  const outputs = readPairs(files.GITHUB_OUTPUT ?? '', 'output');
  if (result.failed)
    runner.log.push(`##[error]Process completed with exit code ${result.exitCode ?? result.signal}.`);
  return { failed: result.failed, outputs };
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell */
function shellCommand(shell: string | undefined): string[] {
  if (shell === undefined) return ['bash', '-e', '{0}'];
  if (shell === 'bash') return ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '{0}'];
  if (shell === 'sh') return ['sh', '-e', '{0}'];
  if (!shell.includes('{0}')) throw new Error(`the emulator has no shell ${shell}`);
  return shell.split(' ');
}

/** The environment of a GitHub runner; of this machine only what leads to its programs and its engine. */
function machineEnv({
  github,
  context,
  job,
  workspace,
  temp,
  home,
  path,
  token: _,
  ...runner
}: Runner): Record<string, string> {
  const { event, run, workflow } = context.run;
  const passed = passedNames.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passed),
    PATH: [...path, join(github.folder, 'bin'), process.env.PATH].join(':'),
    HOME: home,
    DOCKER_CONFIG: join(home, '.docker'),
    EMULATOR_NODE_MODULES: github.nodeModules,
    // Nothing of the tests may leave this machine.
    NX_NO_CLOUD: 'true',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: event.actor,
    GITHUB_API_URL: `${github.serverUrl}/api/v3`,
    GITHUB_BASE_REF: event.baseRef ?? '',
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: join(temp, 'event.json'),
    GITHUB_HEAD_REF: event.headRef ?? '',
    GITHUB_JOB: job.id,
    GITHUB_REF: event.ref,
    GITHUB_REF_NAME: event.ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
    GITHUB_REF_TYPE: event.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_REPOSITORY: github.repository,
    GITHUB_REPOSITORY_OWNER: github.repository.split('/')[0] ?? '',
    GITHUB_RUN_ATTEMPT: String(run.runAttempt),
    GITHUB_RUN_ID: String(run.runId),
    GITHUB_RUN_NUMBER: String(run.runNumber),
    GITHUB_SERVER_URL: github.serverUrl,
    GITHUB_SHA: event.sha,
    GITHUB_WORKFLOW: workflow.name,
    GITHUB_WORKFLOW_REF: `${github.repository}/${workflow.file}@${event.ref}`,
    GITHUB_WORKSPACE: workspace,
    RUNNER_ARCH: 'X64',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: temp,
    ...runner.env,
  };
}

const passedNames = [
  'DOCKER_HOST',
  'LANG',
  'NODE_EXTRA_CA_CERTS',
  'NO_PROXY',
  'no_proxy',
  'NX_ISOLATE_PLUGINS',
];

function lines(file: string | undefined): string[] {
  if (file === undefined || !existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
