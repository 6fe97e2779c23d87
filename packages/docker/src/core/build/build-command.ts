import { DockerPluginError } from '../errors.js';
import type { Command } from './command.js';
import type { Engine } from './engine.js';

/** Everything about one build that the engine has to be told. Paths are as the engine's client sees them. */
export interface BuildRequest {
  readonly dockerfilePath: string;
  readonly buildContext: string;
  /** Names the built image gets, each `repository:tag`. */
  readonly imageRefs: readonly string[];
  readonly targetStage?: string;
  /** A `null` takes the value from the client's environment, and is left out where that has none. */
  readonly buildArgs?: Readonly<Record<string, string | null>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** As buildx takes them: `manifest,index:name=value`. */
  readonly annotations?: readonly string[];
  readonly platforms?: readonly string[];
  readonly secrets?: readonly SecretSource[];
  /** Named contexts: name to `docker-image://…`, a folder, or another BuildKit context. */
  readonly namedContexts?: Readonly<Record<string, string>>;
  readonly noCache?: boolean;
  readonly pull?: boolean;
  readonly progress?: string;
  /** Where buildx may find and leave steps that were built before: `type=gha,scope=api`. */
  readonly cacheFrom?: readonly string[];
  readonly cacheTo?: readonly string[];
  /** How much is attested of how the image was built; left out, the engine decides. */
  readonly provenance?: 'min' | 'max' | 'none';
  /** Attest what the image contains. */
  readonly sbom?: boolean;
  /**
   * Where the image goes: into the engine, named `imageRefs`, unless it is pushed; into its registry under
   * `imageRefs`; or there without any name, for which `imageRefs` holds the repository alone.
   */
  readonly push?: 'by-name' | 'by-digest';
  /** Where the engine writes what it built: a metadata file for buildx, an image id file for all others. */
  readonly resultFile?: string;
}

/** A secret mounted into the RUN steps that ask for its id; its content is never part of a command. */
export interface SecretSource {
  readonly id: string;
  /** A file to read it from; exactly one of `src` and `env` is given. */
  readonly src?: string;
  /** A variable to read it from. */
  readonly env?: string;
}

/**
 * Turns a build request into the command line of an engine.
 *
 * @throws DockerPluginError ENGINE_UNABLE where the engine has no way to do what is asked.
 */
export function buildCommand(request: BuildRequest, engine: Engine): Command {
  requireAbility(request, engine);
  const args = [
    ...leadingWords[engine.kind],
    ...flag('--file', request.dockerfilePath),
    ...(request.push === 'by-digest' ? [] : request.imageRefs.flatMap((ref) => flag('--tag', ref))),
    ...flag('--target', request.targetStage),
    ...Object.entries(request.buildArgs ?? {}).flatMap(([name, value]) =>
      flag('--build-arg', value === null ? name : `${name}=${value}`),
    ),
    ...Object.entries(request.labels ?? {}).flatMap(([name, value]) => flag('--label', `${name}=${value}`)),
    ...(request.annotations ?? []).flatMap((annotation) =>
      flag('--annotation', engine.kind === 'buildx' ? annotation : annotation.replace(/^[^=:]*:/, '')),
    ),
    ...flag('--platform', request.platforms?.join(',') || undefined),
    ...(request.secrets ?? []).flatMap((secret) => flag('--secret', formatSecret(secret))),
    ...Object.entries(request.namedContexts ?? {}).flatMap(([name, value]) =>
      flag('--build-context', `${name}=${value}`),
    ),
    ...(request.noCache ? ['--no-cache'] : []),
    ...(request.pull ? ['--pull'] : []),
    ...(isDocker(engine) ? flag('--progress', request.progress) : []),
    ...(engine.kind === 'buildx' ? buildxFlags(request) : []),
    ...flag(engine.kind === 'buildx' ? '--metadata-file' : '--iidfile', request.resultFile),
    '--',
    request.buildContext,
  ];
  return { file: engine.file, args, env: engine.kind === 'docker' ? { DOCKER_BUILDKIT: '1' } : {} };
}

/** What only buildx can do; `limitRequest` takes it out for other engines. */
function buildxFlags(request: BuildRequest): string[] {
  const { cacheFrom = [], cacheTo = [], provenance, sbom } = request;
  return [
    ...cacheFrom.flatMap((cache) => flag('--cache-from', cache)),
    ...cacheTo.flatMap((cache) => flag('--cache-to', cache)),
    ...flag('--provenance', provenance && (provenance === 'none' ? 'false' : `mode=${provenance}`)),
    ...(sbom ? flag('--sbom', 'true') : []),
    ...outputFlags(request),
  ];
}

function outputFlags({ push, imageRefs }: BuildRequest): string[] {
  if (push === undefined) return ['--load'];
  if (push === 'by-name') return ['--push'];
  return flag(
    '--output',
    `type=image,name=${imageRefs.join()},push-by-digest=true,name-canonical=true,push=true`,
  );
}

/** The commands that push what other engines than buildx have built under its names. */
export function pushCommands({ push, imageRefs }: BuildRequest, engine: Engine): Command[] {
  if (push === undefined || engine.kind === 'buildx') return [];
  return imageRefs.map((ref) => ({ file: engine.file, args: ['push', ref], env: {} }));
}

function requireAbility({ namedContexts = {} }: BuildRequest, { kind, description }: Engine): void {
  if (kind !== 'docker' || Object.keys(namedContexts).length === 0) return;
  throw new DockerPluginError({
    code: 'ENGINE_UNABLE',
    severity: 'error',
    message: `${description} has no named contexts, which ${Object.keys(namedContexts).join(', ')} needs`,
    fix: 'install the buildx plugin of Docker (docker-buildx in Debian, docker-buildx-plugin at Docker)',
  });
}

const leadingWords: Record<Engine['kind'], readonly string[]> = {
  buildx: ['buildx', 'build'],
  docker: ['build'],
  podman: ['build'],
  buildah: ['build'],
};

function isDocker(engine: Engine): boolean {
  return engine.kind === 'buildx' || engine.kind === 'docker';
}

function flag(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}

/** The value is CSV, so that a field with a comma or a quote is quoted whole. */
function formatSecret(secret: SecretSource): string {
  const fields = [`id=${secret.id}`];
  if (secret.src !== undefined) fields.push(`src=${secret.src}`);
  if (secret.env !== undefined) fields.push(`env=${secret.env}`);
  return fields.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}
