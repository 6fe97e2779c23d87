import { DockerPluginError, type Problem } from '../core/errors.js';

/** The options of the plugin's entry in `nx.json`. */
export interface DockerPluginOptions extends ImageDefaults {
  /** Name of the inferred target. Default: `docker-build`. */
  readonly targetName?: string;
  /** What stands before every image name: `ghcr.io/owner`. Default: nothing. */
  readonly registry?: string;
  /** Options of single images, by workspace-relative path of their Dockerfile. */
  readonly images?: Readonly<Record<string, ImageOptions>>;
}

/** Options that can be given for all images and for each one. */
export interface ImageDefaults {
  /** Build arguments. A `null` takes the value from the environment, if it is set there. */
  readonly buildArgs?: Readonly<Record<string, string | null>>;
  /** Platforms such as `linux/amd64`. Default: the engine's own. */
  readonly platforms?: readonly string[];
  /** Secrets that RUN --mount=type=secret steps can ask for. */
  readonly secrets?: readonly SecretOption[];
  /** Treat everything that cannot be known offline as an error. Default: a wider input and a warning. */
  readonly strict?: boolean;
}

export interface ImageOptions extends ImageDefaults {
  /** The image's name below the registry. Default: the project's name. */
  readonly imageName?: string;
  /** Workspace-relative folder; `.` is the workspace root. Default: inferred from the COPY sources. */
  readonly buildContext?: string;
  /** The stage to build. Default: the last one. */
  readonly targetStage?: string;
  /** Named contexts, as `docker build --build-context` takes them; folders are workspace-relative. */
  readonly namedContexts?: Readonly<Record<string, string>>;
  /** ONBUILD triggers that base images carry, by image reference, one instruction each. */
  readonly onbuild?: Readonly<Record<string, readonly string[]>>;
}

/** A secret's id and where it comes from: a file, or an environment variable. */
export interface SecretOption {
  readonly id: string;
  /** Path of a file; `${NAME}` and a leading `~/` are expanded. */
  readonly src?: string;
  /** Name of an environment variable that holds the secret itself. */
  readonly env?: string;
  /** Leave the secret out where its source does not exist. Default: that is an error. */
  readonly optional?: boolean;
}

export const defaultTargetName = 'docker-build';

type Check = (value: unknown) => string | undefined;

const defaultChecks: Record<keyof ImageDefaults, Check> = {
  buildArgs: recordOf((value) =>
    value === null || typeof value === 'string' ? undefined : 'a string or null',
  ),
  platforms: listOf(text),
  secrets: listOf(secret),
  strict: (value) => (typeof value === 'boolean' ? undefined : 'true or false'),
};

const imageChecks: Record<keyof ImageOptions, Check> = {
  ...defaultChecks,
  imageName: text,
  buildContext: text,
  targetStage: text,
  namedContexts: recordOf(text),
  onbuild: recordOf(listOf(text)),
};

const pluginChecks: Record<keyof DockerPluginOptions, Check> = {
  ...defaultChecks,
  targetName: text,
  registry: text,
  images: recordOf((value) => describeRecord(value, imageChecks)),
};

export const imageOptionNames: readonly string[] = Object.keys(imageChecks);
export const pluginOptionNames: readonly string[] = Object.keys(pluginChecks);

/**
 * Checks the options of the plugin's entry in `nx.json`. Wrong entries are left out of `options` and named in
 * `problems`, so that a typing mistake never breaks an Nx command that has nothing to do with images.
 */
export function checkPluginOptions(given: unknown): {
  options: DockerPluginOptions;
  problems: readonly Problem[];
} {
  if (given === undefined || given === null) return { options: {}, problems: [] };
  if (!isRecord(given)) return { options: {}, problems: [optionProblem('the plugin options', 'an object')] };
  const problems: Problem[] = [];
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const check = Object.hasOwn(pluginChecks, name)
      ? pluginChecks[name as keyof DockerPluginOptions]
      : undefined;
    const expected = check ? check(value) : unknownName(pluginChecks);
    if (expected === undefined) kept[name] = value;
    else problems.push(optionProblem(name, expected));
  }
  return { options: kept as DockerPluginOptions, problems };
}

/**
 * Checks those options of a project's own `docker-build` target that say what is built. Other options of the
 * target are the executor's business.
 *
 * @param target For messages: `api:docker-build`.
 */
export function checkImageOptions(
  given: Readonly<Record<string, unknown>>,
  target: string,
): { options: ImageOptions; problems: readonly Problem[] } {
  const known = Object.entries(given).filter(([name]) => Object.hasOwn(imageChecks, name));
  const expected = known.map(
    ([name, value]) => [name, imageChecks[name as keyof ImageOptions](value)] as const,
  );
  const wrong = expected.filter(([, answer]) => answer !== undefined).map(([name]) => name);
  return {
    options: Object.fromEntries(known.filter(([name]) => !wrong.includes(name))) as ImageOptions,
    problems: expected.flatMap(([name, answer]) =>
      answer === undefined ? [] : [optionProblem(name, answer, `the options of ${target}`)],
    ),
  };
}

/** Throws where {@link checkPluginOptions} finds a problem: for doors that are about to act on the options. */
export function requirePluginOptions(given: unknown): DockerPluginOptions {
  const { options, problems } = checkPluginOptions(given);
  if (problems.length > 0) throw new DockerPluginError(problems);
  return options;
}

/** The options of one image: its own entry on top of the defaults; build arguments are merged by name. */
export function imageOptionsOf(options: DockerPluginOptions, dockerfilePath: string): ImageOptions {
  const { buildArgs, platforms, secrets, strict } = options;
  const own = options.images?.[dockerfilePath] ?? {};
  return {
    ...(platforms && { platforms }),
    ...(secrets && { secrets }),
    ...(strict !== undefined && { strict }),
    ...own,
    buildArgs: { ...buildArgs, ...own.buildArgs },
  };
}

function optionProblem(name: string, expected: string, where = 'the plugin entry in nx.json'): Problem {
  return {
    code: 'OPTIONS_INVALID',
    severity: 'error',
    message: `the @moltbook/docker option ${JSON.stringify(name)} in ${where} must be ${expected}`,
    fix: `correct ${where}, or remove the option`,
  };
}

function unknownName(checks: Record<string, Check>): string {
  return `one of ${Object.keys(checks).join(', ')}`;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? undefined : 'a text that is not empty';
}

function secret(value: unknown): string | undefined {
  const sources = isRecord(value) ? [value.src, value.env].filter((source) => source !== undefined) : [];
  const valid =
    isRecord(value) && typeof value.id === 'string' && sources.length === 1 && typeof sources[0] === 'string';
  return valid ? undefined : 'secrets with an id and either src or env';
}

function listOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return 'a list';
    const expected = value.map(check).find((answer) => answer !== undefined);
    return expected && `a list in which each entry is ${expected}`;
  };
}

function recordOf(check: Check): Check {
  return (value) => {
    if (!isRecord(value)) return 'an object';
    const wrong = Object.entries(value).find(([, entry]) => check(entry) !== undefined);
    return wrong && `an object in which ${JSON.stringify(wrong[0])} is ${check(wrong[1])}`;
  };
}

function describeRecord(value: unknown, checks: Record<string, Check>): string | undefined {
  if (!isRecord(value)) return 'an object';
  for (const [name, entry] of Object.entries(value)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check)
      return `an object whose keys are ${Object.keys(checks).join(', ')} (not ${JSON.stringify(name)})`;
    const expected = check(entry);
    if (expected) return `an object in which ${name} is ${expected}`;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
