import { DockerPluginError } from '../../core/errors.js';
import { parseImageRefAsWritten } from '../../core/image/parse-image-ref.js';

/** As they stand in schema.json; an empty text counts as not given. */
export interface SetupGeneratorOptions {
  readonly registry?: string;
  /** `api=my-api,web/Dockerfile.worker=worker` */
  readonly images?: string;
  readonly ci?: 'auto' | 'github' | 'gitlab' | 'none';
  /** Folders between commas, `none`, or nothing to look for them. */
  readonly kubernetes?: string;
  readonly strategy?: 'matrix' | 'single';
  readonly usernameVariable?: string;
  readonly passwordSecret?: string;
}

export interface SetupRequest {
  readonly registry?: string;
  /** By project or Dockerfile. */
  readonly images: ReadonlyMap<string, string>;
  readonly ci?: 'github' | 'gitlab' | 'none';
  readonly kubernetes?: readonly string[];
  readonly strategy?: 'matrix' | 'single';
  readonly usernameVariable?: string;
  readonly passwordSecret?: string;
}

/**
 * Checks what was given on the command line or answered.
 *
 * @throws DockerPluginError OPTIONS_INVALID
 */
export function readSetupOptions(given: SetupGeneratorOptions): SetupRequest {
  const { ci, strategy } = given;
  const registry = given.registry?.trim().replace(/\/+$/, '');
  const folders = list(given.kubernetes);
  if (registry) checkRegistry(registry);
  for (const name of ['usernameVariable', 'passwordSecret'] as const) checkName(name, given[name]);
  return {
    images: new Map(list(given.images).map(readImage)),
    ...(registry && { registry }),
    ...(ci && ci !== 'auto' && { ci }),
    ...(folders.length > 0 && { kubernetes: folders.includes('none') ? [] : folders.map(cleanFolder) }),
    ...(strategy && { strategy }),
    ...(given.usernameVariable && { usernameVariable: given.usernameVariable }),
    ...(given.passwordSecret && { passwordSecret: given.passwordSecret }),
  };
}

function list(text = ''): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function cleanFolder(path: string): string {
  return path.replace(/^\.\//, '').replace(/\/+$/, '') || '.';
}

function checkRegistry(registry: string): void {
  const { ref, reason } = parseImageRefAsWritten(`${registry}/image`);
  const isPlain = ref !== undefined && ref.tag === undefined && ref.digest === undefined;
  if (isPlain && !/^https?:/.test(registry)) return;
  throw invalid(
    `${JSON.stringify(registry)} cannot stand before the name of an image${reason === undefined ? '' : `: ${reason}`}`,
    'give --registry as host and path without https://, such as ghcr.io/<owner>',
  );
}

function readImage(text: string): [string, string] {
  const at = text.lastIndexOf('=');
  const [key, name] = [text.slice(0, at), text.slice(at + 1)];
  if (at > 0 && isImageName(name)) return [key, name];
  throw invalid(
    `${JSON.stringify(text)} does not name an image`,
    'give --images as <project>=<name>, with a name of lower-case letters, digits and single ".", "_", "-" and "/"',
  );
}

function isImageName(name: string): boolean {
  const { ref } = parseImageRefAsWritten(`localhost/${name}`);
  return ref !== undefined && ref.path === name && ref.tag === undefined && ref.digest === undefined;
}

function checkName(option: string, name: string | undefined): void {
  if (!name || /^[A-Za-z_]\w*$/.test(name)) return;
  throw invalid(
    `--${option} ${JSON.stringify(name)} is no name of a variable or a secret`,
    `give the name alone, never a value: letters, digits and "_"`,
  );
}

export function invalid(message: string, fix: string): DockerPluginError {
  return new DockerPluginError({ code: 'OPTIONS_INVALID', severity: 'error', message, fix });
}
