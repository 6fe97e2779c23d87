import { DockerPluginError, type Problem } from '../core/errors.js';
import type { SignOptions, VerifyOptions } from '../core/signing/signing-options.js';
import type { CiOptions } from '../core/workflow/ci-options.js';
import { checkCiOptions } from './ci-option-checks.js';
import { type Check, flag, isRecord, listOf, objectOf, oneOf, recordOf, text } from './option-checks.js';
import { checkSignOptions, checkVerifyOptions } from './signing-option-checks.js';

/** The options of the plugin's entry in `nx.json`. */
export interface DockerPluginOptions extends ImageDefaults {
  /** Name of the inferred target. Default: `docker-build`. */
  readonly targetName?: string;
  /** What stands before every image name: `ghcr.io/owner`. Default: nothing. */
  readonly registry?: string;
  /** Options of single images, by workspace-relative path of their Dockerfile. */
  readonly images?: Readonly<Record<string, ImageOptions>>;
  /** How CI builds and publishes the images. */
  readonly ci?: CiOptions;
  /** Names and labels of published images. */
  readonly publish?: PublishOptions;
  /** Manifests that name the images. */
  readonly kubernetes?: KubernetesOptions;
}

/** Rules in the syntax of docker/metadata-action. */
export interface PublishOptions {
  readonly tags?: readonly string[];
  readonly flavor?: readonly string[];
  readonly labels?: readonly string[];
  readonly annotations?: readonly string[];
  /** Signs images before they get names in CI, with cosign. Default: nobody signs. */
  readonly sign?: SignOptions;
}

export interface KubernetesOptions {
  /** Workspace-relative files, folders and globs. */
  readonly paths?: readonly string[];
  /** What a reference is given: a tag, a digest or both. Default: `both`. */
  readonly form?: 'tag' | 'digest' | 'both';
  /** The signature that an image needs before a manifest is to name it. Default: none. */
  readonly verify?: VerifyOptions;
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

const defaultChecks: Record<keyof ImageDefaults, Check> = {
  buildArgs: recordOf((value) =>
    value === null || typeof value === 'string' ? undefined : 'a string or null',
  ),
  platforms: listOf(text),
  secrets: listOf(secret),
  strict: flag,
};

const imageChecks: Record<keyof ImageOptions, Check> = {
  ...defaultChecks,
  imageName: text,
  buildContext: text,
  targetStage: text,
  namedContexts: recordOf(text),
  onbuild: recordOf(listOf(text)),
};

const lines = listOf(text);

const publishChecks: Record<keyof PublishOptions, Check> = {
  tags: lines,
  flavor: lines,
  labels: lines,
  annotations: lines,
  sign: checkSignOptions,
};

const kubernetesChecks: Record<keyof KubernetesOptions, Check> = {
  paths: lines,
  form: oneOf('tag', 'digest', 'both'),
  verify: checkVerifyOptions,
};

const pluginChecks: Record<keyof DockerPluginOptions, Check> = {
  ...defaultChecks,
  targetName: text,
  registry: text,
  images: recordOf(objectOf(imageChecks)),
  ci: checkCiOptions,
  publish: objectOf(publishChecks),
  kubernetes: objectOf(kubernetesChecks),
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

function secret(value: unknown): string | undefined {
  const sources = isRecord(value) ? [value.src, value.env].filter((source) => source !== undefined) : [];
  const valid =
    isRecord(value) && typeof value.id === 'string' && sources.length === 1 && typeof sources[0] === 'string';
  return valid ? undefined : 'secrets with an id and either src or env';
}
