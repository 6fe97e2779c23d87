import { commandBuild } from '../audit/github/step-builds.js';
import { unknownPart } from '../audit/known-parts.js';
import { findBuildCommand } from '../audit/shell/find-build-command.js';
import { runScript } from '../audit/shell/run-script.js';
import { resolvePath } from '../declarations/declaration.js';
import { buildClaims, type FoundBuild, namesIn } from './build-claims.js';
import { type Claims, mergeClaims, type RuleClaim } from './claim.js';

/** A project as its own files state it. */
export interface NxProject {
  readonly name: string;
  /** Workspace-relative folder. */
  readonly root: string;
  /** `api/project.json` */
  readonly file: string;
  /** Targets and other keys, unchecked. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface NxFacts {
  /** Unchecked. */
  readonly nxJson: Readonly<Record<string, unknown>>;
  readonly projects: readonly NxProject[];
  readonly dockerfiles: readonly string[];
}

/** What @nx/docker, nx-container and targets that run `docker build` say about images. */
export function nxClaims(facts: NxFacts): Claims {
  return mergeClaims([
    ...facts.projects.flatMap((project) => targetClaims(project, facts)),
    ...pluginClaims(facts),
    ...releaseClaims(facts),
  ]);
}

const executors = /^(?:@nx-tools\/nx-(?:container|docker)|@nx\/docker):build$/;

function targetClaims(project: NxProject, { dockerfiles }: NxFacts): Claims[] {
  return Object.entries(record(project.json.targets)).flatMap(([name, given]) => {
    const target = record(given);
    const layers = [record(target.options), ...Object.values(record(target.configurations)).map(record)];
    const source = `target ${JSON.stringify(name)} in ${project.file}`;
    const isContainer = typeof target.executor === 'string' && executors.test(target.executor);
    const builds = isContainer
      ? layers.map((layer) => containerBuild({ ...layers[0], ...layer }, project))
      : layers.flatMap((layer) => commandBuilds({ ...target, ...layers[0], ...layer }, project));
    return builds
      .filter(({ dockerfile }) => dockerfiles.includes(dockerfile))
      .map(({ dockerfile, build, isPublished, rules = [], images = [] }) =>
        mergeClaims([
          buildClaims(build, { dockerfilePath: dockerfile, source, isPublished, hasOwnTags: false }),
          {
            settings: [],
            names: [{ dockerfilePath: dockerfile, names: namesIn(images), isPublished: true, source }],
            rules: rules.map((rule) => ({ ...rule, source })),
            left: [],
          },
        ]),
      );
  });
}

interface TargetBuild {
  readonly dockerfile: string;
  readonly build: FoundBuild;
  readonly isPublished: boolean;
  readonly images?: readonly string[];
  readonly rules?: readonly Omit<RuleClaim, 'source'>[];
}

/** By https://github.com/gperdomor/oss/tree/main/packages/nx-container: the context is the workspace, the file is in the project. */
function containerBuild(options: Readonly<Record<string, unknown>>, project: NxProject): TargetBuild {
  const list = (name: string): string[] => texts(options[name]).map((text) => interpolate(text, project));
  const one = (name: string): string | undefined => list(name)[0];
  const context = resolvePath('', one('context') ?? '.');
  const target = one('target');
  const platforms = list('platforms').flatMap((text) => text.split(','));
  const metadata = record(options.metadata);
  const args = list('build-args');
  const rules = (['tags', 'flavor', 'labels', 'annotations'] as const)
    .map((kind) => ({ kind, lines: texts(metadata[kind]) }))
    .filter(({ lines }) => lines.length > 0);
  return {
    dockerfile: resolvePath('', one('file') ?? `${project.root}/Dockerfile`) ?? '',
    isPublished: options.push === true,
    images: texts(metadata.images).map((text) => interpolate(text, project)),
    rules,
    build: {
      ...(context !== undefined && { context }),
      ...(target !== undefined && { target }),
      ...(platforms.length > 0 && { platforms }),
      buildArgs: pairs(args),
      openArgs: args
        .filter((arg) => arg.includes(unknownPart) || !arg.includes('='))
        .map((arg) => arg.replace(/=.*$/s, '')),
      namedContexts: pairs(list('build-contexts')),
      inputs: Object.keys(options).filter((name) => options[name] !== false),
      references: list('tags'),
    },
  };
}

/** Targets of nx:run-commands, and those that override what @nx/docker infers. */
function commandBuilds(options: Readonly<Record<string, unknown>>, project: NxProject): TargetBuild[] {
  const commands = [options.command, ...(Array.isArray(options.commands) ? options.commands : [])];
  const lines = commands.flatMap((command) =>
    texts(typeof command === 'string' ? command : record(command).command),
  );
  const args = texts(options.args).join(' ');
  return lines.flatMap((line) =>
    scriptBuilds(`${line} ${args}`, { project, cwd: texts(options.cwd)[0] ?? '.' }),
  );
}

function scriptBuilds(script: string, { project, cwd }: { project: NxProject; cwd: string }): TargetBuild[] {
  const folder = resolvePath('', interpolate(cwd, project));
  if (folder === undefined) return [];
  return runScript(interpolate(script, project), { env: {}, folder }).flatMap((command): TargetBuild[] => {
    const found = findBuildCommand(command);
    if (!found) return [];
    const build = commandBuild(found, { place: { file: project.file, line: 1, column: 1 }, checkout: '.' });
    if (build.dockerfile === undefined) return [];
    return [{ dockerfile: build.dockerfile, build, isPublished: build.inputs?.includes('push') ?? false }];
  });
}

/** What the plugins infer for every file that is called Dockerfile. */
function pluginClaims({ nxJson, projects, dockerfiles }: NxFacts): Claims[] {
  const entries = (Array.isArray(nxJson.plugins) ? nxJson.plugins : []).map((entry: unknown) =>
    typeof entry === 'string' ? { plugin: entry, options: {} } : record(entry),
  );
  return entries.flatMap(({ plugin, options }) =>
    projects
      .filter(({ root }) => dockerfiles.includes(dockerfileIn(root)))
      .flatMap((project) => {
        if (plugin === '@nx/docker') return dockerPluginClaims(project, record(options));
        return plugin === '@nx-tools/nx-container' ? containerPluginClaims(project, record(options)) : [];
      }),
  );
}

function dockerPluginClaims(project: NxProject, options: Readonly<Record<string, unknown>>): Claims[] {
  const { args, cwd, env, envFile } = record(options.buildTarget);
  const source = 'the entry of @nx/docker in nx.json';
  const builds = scriptBuilds(`docker build . ${texts(args).join(' ')}`, {
    project,
    cwd: texts(cwd)[0] ?? project.root,
  });
  const left =
    env !== undefined || envFile !== undefined ? [`env in ${source}: a build does not see it`] : [];
  return builds.map(({ dockerfile, build }) => {
    const claims = buildClaims(build, {
      dockerfilePath: dockerfile,
      source,
      isPublished: false,
      hasOwnTags: false,
    });
    return { ...claims, left: [...claims.left, ...left] };
  });
}

/** A target of the project's own replaces what the plugin infers for it. */
function containerPluginClaims(project: NxProject, options: Readonly<Record<string, unknown>>): Claims[] {
  const { defaultRegistry, buildTargetName = 'container' } = options;
  const { name, root } = project;
  const isReplaced = Object.hasOwn(record(project.json.targets), String(buildTargetName));
  if (typeof defaultRegistry !== 'string' || defaultRegistry === '' || isReplaced) return [];
  const dockerfilePath = dockerfileIn(root);
  const source = 'the entry of @nx-tools/nx-container in nx.json';
  const names = [`${defaultRegistry}/${name.replaceAll('@', '')}`.toLowerCase()];
  return [
    { settings: [], names: [{ dockerfilePath, names, isPublished: true, source }], rules: [], left: [] },
  ];
}

/** `release.docker` of nx.json and of projects, by https://nx.dev/recipes/nx-release/release-docker-images. */
function releaseClaims({ nxJson, projects, dockerfiles }: NxFacts): Claims[] {
  const shared = record(record(nxJson.release).docker);
  return projects
    .filter(({ root }) => dockerfiles.includes(dockerfileIn(root)))
    .flatMap((project): Claims[] => {
      const own = record(record(project.json.release).docker);
      const { repositoryName, registryUrl } = { ...shared, ...own };
      if (typeof repositoryName !== 'string' && typeof registryUrl !== 'string') return [];
      const name = interpolate(
        String(repositoryName ?? project.root.replace(/[/\s]+/g, '-').toLowerCase()),
        project,
      );
      const names = namesIn([typeof registryUrl === 'string' ? `${registryUrl}/${name}` : name]);
      const files = [
        Object.keys(own).length > 0 && project.file,
        Object.keys(shared).length > 0 && 'nx.json',
      ];
      const source = `release.docker in ${files.filter(Boolean).join(' and ')}`;
      const dockerfilePath = dockerfileIn(project.root);
      return [
        { settings: [], names: [{ dockerfilePath, names, isPublished: true, source }], rules: [], left: [] },
      ];
    });
}

function dockerfileIn(root: string): string {
  return root === '.' ? 'Dockerfile' : `${root}/Dockerfile`;
}

/** The tokens of Nx; what else stands in braces, and variables, is known only in a run. */
function interpolate(text: string, { root, name }: NxProject): string {
  return text
    .replaceAll('{workspaceRoot}/', '')
    .replaceAll('{projectRoot}', root)
    .replaceAll('{projectName}', name)
    .replace(/\$\{?\w+\}?|\{[\w|. -]+\}/g, unknownPart);
}

function pairs(all: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    all.flatMap((text) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      return name === undefined || value === undefined || value.includes(unknownPart) ? [] : [[name, value]];
    }),
  );
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
