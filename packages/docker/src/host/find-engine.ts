import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Engine } from '../core/build/engine.js';
import { DockerPluginError } from '../core/errors.js';
import { type ProcessOutput, readProcess } from './run-process.js';

/** An engine, or why there is none behind this executable. */
type Answer = { readonly engine: Engine } | { readonly refusal: string };

/**
 * Finds an engine that works. Every `docker` in PATH is asked, because one without buildx may stand before one
 * with it; then podman and buildah. Throws ENGINE_MISSING, naming all that was tried.
 */
export async function findEngine(): Promise<Engine> {
  const docker = await askAll('docker', askDocker);
  const withBuildx = docker.find((answer) => 'engine' in answer && answer.engine.kind === 'buildx');
  const answers = [...(withBuildx ? [withBuildx] : []), ...docker];
  for (const [name, ask] of [
    ['podman', askPodman],
    ['buildah', askBuildah],
  ] as const) {
    if (!answers.some((answer) => 'engine' in answer)) answers.push(...(await askAll(name, ask)));
  }
  for (const answer of answers) if ('engine' in answer) return answer.engine;
  throw engineMissing(answers.map((answer) => ('refusal' in answer ? answer.refusal : '')));
}

async function askAll(name: string, ask: (file: string) => Promise<Answer>): Promise<Answer[]> {
  const files = executablesNamed(name);
  if (files.length === 0) return [{ refusal: `${name}: not in PATH` }];
  return Promise.all(files.map(ask));
}

async function askDocker(file: string): Promise<Answer> {
  const [server, buildx] = await Promise.all([
    readProcess({ file, args: ['version', '--format', '{{.Server.Version}}'], env: {} }),
    readProcess({ file, args: ['buildx', 'version'], env: {} }),
  ]);
  const version = server.stdout.trim();
  if (server.exitCode !== 0 || version === '') return { refusal: `${file}: ${reasonOf(server)}` };
  // A client without the plugin may print the help of `docker` itself and still exit with 0.
  const plugin = /buildx\S* (\S+)/.exec(buildx.stdout)?.[1];
  if (buildx.exitCode === 0 && plugin)
    return { engine: { kind: 'buildx', file, description: `Docker ${version}, buildx ${plugin}` } };
  return { engine: { kind: 'docker', file, description: `Docker ${version} without buildx` } };
}

async function askPodman(file: string): Promise<Answer> {
  const info = await readProcess({ file, args: ['info', '--format', '{{.Version.Version}}'], env: {} });
  if (info.exitCode !== 0) return { refusal: `${file}: ${reasonOf(info)}` };
  return { engine: { kind: 'podman', file, description: `Podman ${info.stdout.trim()}` } };
}

async function askBuildah(file: string): Promise<Answer> {
  const info = await readProcess({ file, args: ['info'], env: {} });
  if (info.exitCode !== 0) return { refusal: `${file}: ${reasonOf(info)}` };
  const version = await readProcess({ file, args: ['version', '--json'], env: {} });
  const number = /"version":\s*"([^"]+)"/.exec(version.stdout)?.[1] ?? '';
  return { engine: { kind: 'buildah', file, description: `Buildah ${number}`.trim() } };
}

function reasonOf(output: ProcessOutput): string {
  const lastLine = output.stderr.trim().split('\n').at(-1);
  return output.reason ?? (lastLine || `exit code ${output.exitCode}`);
}

function executablesNamed(name: string): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return [...new Set(folders.map((folder) => join(folder, name)))].filter(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function engineMissing(refusals: readonly string[]): DockerPluginError {
  const host = process.env.DOCKER_HOST;
  return new DockerPluginError({
    code: 'ENGINE_MISSING',
    severity: 'error',
    message: [
      'no engine that can build images was found',
      ...refusals.map((refusal) => `  tried ${refusal}`),
      ...(host ? [`  DOCKER_HOST is ${host}`] : []),
    ].join('\n'),
    fix: 'start Docker, or install Docker, Podman or Buildah, or set DOCKER_HOST to an engine that can be reached',
  });
}
