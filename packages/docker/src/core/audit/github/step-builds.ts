import { resolvePath } from '../../declarations/declaration.js';
import { known, unknownPart } from '../known-parts.js';
import { type BuildCommand, findBuildCommand } from '../shell/find-build-command.js';
import { runScript } from '../shell/run-script.js';
import type { CacheUse, WorkflowBuild } from '../workflow-build.js';
import type { YamlValue } from '../yaml/yaml-value.js';
import { expandIn, type GithubScope } from './github-scope.js';

/** What a step builds, without what decides whether it runs. */
export type StepBuild = Omit<WorkflowBuild, 'workflow' | 'lists' | 'row'>;

export interface StepOptions {
  readonly scope: GithubScope;
  /** Where `run` begins, relative to the workspace. */
  readonly folder: string;
  /** The folder that the repository is checked out into. */
  readonly checkout: string;
}

/** Finds the builds of a step of GitHub Actions: an action of Docker, or commands in `run`. */
export function findStepBuilds(step: YamlValue, options: StepOptions): StepBuild[] {
  const uses = step.get('uses').text ?? '';
  const run = step.get('run');
  if (run.text !== undefined) return findScriptBuilds(run, options);
  if (/^docker\/build-push-action@/.test(uses)) return [readBuildPush(step, options)];
  return /^docker\/bake-action@/.test(uses) ? [readBake(step, options)] : [];
}

function readBuildPush(step: YamlValue, { scope, checkout }: StepOptions): StepBuild {
  const input = (name: string): string => expandIn(scope, step.get('with').get(name).text ?? '').trim();
  // Without a context, the action gives the repository to the builder as a URL.
  const given = input('context').replace(/^\{\{defaultContext\}\}:?/, '') || '.';
  const isDefault = /^(?:\{\{defaultContext\}\}|$)/.test(input('context'));
  const context = resolveIn(given, '.', isDefault ? '.' : checkout);
  const file = input('file');
  const dockerfile =
    file === ''
      ? below(context, 'Dockerfile')
      : resolveIn(file, isDefault ? (context ?? '.') : '.', isDefault ? '.' : checkout);
  const cacheTo = step.get('with').get('cache-to');
  return {
    place: step.get('uses').place,
    how: 'docker/build-push-action',
    ...settings({ context, dockerfile, target: input('target') || undefined }),
    ...platformsOf(list(input('platforms'))),
    inputs: step
      .get('with')
      .entries()
      .flatMap(({ key, value }) => (value.text === '' ? [] : [key])),
    buildArgs: pairs(lines(input('build-args'))),
    openArgs: openNames(lines(input('build-args'))),
    namedContexts: contexts(lines(input('build-contexts')), '.', checkout),
    references: list(input('tags')),
    cacheTo: lines(expandIn(scope, cacheTo.text ?? '')).map((text) => ({ text, place: cacheTo.place })),
  };
}

function readBake(step: YamlValue, { scope }: StepOptions): StepBuild {
  const input = (name: string): string => expandIn(scope, step.get('with').get(name).text ?? '');
  const folder = input('workdir') || input('source') || '.';
  return {
    place: step.get('uses').place,
    how: 'docker/bake-action',
    declared: {
      kind: 'bake',
      files: list(input('files')).flatMap((file) => inWorkspace(file, folder, '.') ?? []),
      names: list(input('targets')),
    },
    references: [],
    cacheTo: lines(input('set'))
      .map((line) => /^[^=]*\.cache-to=(.*)$/.exec(line)?.[1])
      .flatMap((text) => (text === undefined ? [] : [{ text, place: step.get('with').get('set').place }])),
  };
}

/** Finds the builds in a script. */
export function findScriptBuilds(script: YamlValue, { scope, folder, checkout }: StepOptions): StepBuild[] {
  const text = expandIn(scope, script.text ?? '');
  return runScript(text, { env: scope.env, folder }).flatMap((command) => {
    const build = findBuildCommand(command);
    return build ? [commandBuild(build, { place: placeIn(script, command.line), checkout })] : [];
  });
}

/** The place of a line of a script that stands in a scalar. */
export function placeIn({ node, place }: YamlValue, line: number): CacheUse['place'] {
  const isBlock = node !== undefined && 'type' in node && String(node.type).startsWith('BLOCK');
  if (isBlock) return { file: place.file, line: place.line + line, column: 1 };
  return line === 1 ? place : { file: place.file, line: place.line + line - 1, column: 1 };
}

/** A build by a command of docker and its kin. */
export function commandBuild(
  { tool, command, options, names }: BuildCommand,
  { place, checkout }: { place: CacheUse['place']; checkout: string },
): StepBuild {
  const { folder } = command;
  if (tool === 'nx') return { place, how: 'nx docker-build', projects: names, references: [], cacheTo: [] };
  const cacheTo = (options['cache-to'] ?? []).map((text) => ({ text, place }));
  if (tool === 'bake' || tool === 'compose') {
    const files = (options.file ?? []).flatMap((file) => inWorkspace(file, folder, checkout) ?? []);
    return { place, how: `docker ${tool}`, declared: { kind: tool, files, names }, references: [], cacheTo };
  }
  const contextText =
    (tool === 'kaniko' ? options.context?.at(-1)?.replace(/^dir:\/\//, '') : names[0]) ?? unknownPart;
  const context = contextText === '-' ? undefined : resolveIn(contextText, folder, checkout);
  const file = options.file?.at(-1);
  const dockerfile =
    file === undefined
      ? below(context, 'Dockerfile')
      : resolveIn(file, tool === 'kaniko' && !file.includes('/') ? (context ?? folder) : folder, checkout);
  return {
    place,
    how: tool === 'kaniko' ? 'kaniko' : 'docker build',
    ...settings({ context, dockerfile, target: options.target?.at(-1) }),
    ...platformsOf((options.platform ?? []).flatMap(list)),
    inputs: Object.keys(options),
    buildArgs: pairs(options['build-arg'] ?? []),
    openArgs: openNames(options['build-arg'] ?? []),
    namedContexts: contexts(options['build-context'] ?? [], folder, checkout),
    references: [...(options.tag ?? []), ...(options.destination ?? [])],
    cacheTo,
  };
}

function settings(given: {
  context: string | undefined;
  dockerfile: string | undefined;
  target: string | undefined;
}) {
  const [context, dockerfile, target] = [known(given.context), known(given.dockerfile), known(given.target)];
  const partly =
    dockerfile === undefined && given.dockerfile !== undefined
      ? { dockerfile: given.dockerfile, context: given.context ?? unknownPart }
      : undefined;
  return {
    ...(context !== undefined && { context }),
    ...(dockerfile !== undefined && { dockerfile }),
    ...(target !== undefined && { target }),
    ...(partly && { partly }),
  };
}

/** Workspace-relative; `undefined` for what is remote, outside or not known. */
function inWorkspace(path: string, folder: string, checkout: string): string | undefined {
  return known(resolveIn(path, folder, checkout));
}

/** The same with marks for what is not known. */
function resolveIn(path: string, folder: string, checkout: string): string | undefined {
  const resolved = resolvePath(
    folder,
    path.replace(/^\.\//, '').replace(/^(?:\/github\/workspace|\/builds\/[^/]+\/[^/]+)\//, ''),
  );
  if (resolved === undefined || checkout === '.') return resolved;
  if (resolved === checkout) return '.';
  return resolved.startsWith(`${checkout}/`) ? resolved.slice(checkout.length + 1) : undefined;
}

function below(folder: string | undefined, name: string): string | undefined {
  if (folder === undefined) return undefined;
  return folder === '.' ? name : `${folder}/${name}`;
}

/** `NAME=value`, as far as the value is known. */
function pairs(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.flatMap((text) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      return name === undefined || known(value) === undefined ? [] : [[name, value ?? '']];
    }),
  );
}

/** A name alone takes its value from the environment. */
function openNames(texts: readonly string[]): string[] {
  return texts
    .filter((text) => !text.includes('=') || known(text) === undefined)
    .map((text) => text.replace(/=.*$/s, ''));
}

function platformsOf(platforms: readonly string[]) {
  return platforms.length > 0 && platforms.every((each) => known(each) !== undefined) ? { platforms } : {};
}

function contexts(texts: readonly string[], folder: string, checkout: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(pairs(texts)).map(([name, value]) => {
      const isLocal = !/^[\w-]+:/.test(value);
      return [name, (isLocal && inWorkspace(value, folder, checkout)) || value];
    }),
  );
}

/** The lines of an input that are not empty. */
export function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** An input that takes lines and commas. */
function list(text: string): string[] {
  return lines(text).flatMap((line) => lines(line.replaceAll(',', '\n')));
}
