/** Which project a Dockerfile belongs to and what its target is called: from its path alone. */

/** The glob for `createNodes`. It also matches `Dockerfile.dockerignore`; {@link isDockerfileName} does not. */
export const dockerfileGlob =
  '**/{Dockerfile,dockerfile,Containerfile,Dockerfile.*,Containerfile.*,*.Dockerfile,*.dockerfile}';

const namePattern = /^(?:(?:dockerfile|Dockerfile|Containerfile)(?:\.(.+))?|(.+)\.[dD]ockerfile)$/;
/** Backups and templates that editors and people leave beside a Dockerfile. */
const notDockerfile = /\.(?:dockerignore|containerignore|orig|bak|swp|tmpl|template|j2|md|txt)$|~$/;

/** True if a file of this path holds a Dockerfile. */
export function isDockerfilePath(path: string): boolean {
  const name = baseName(path);
  return namePattern.test(name) && !notDockerfile.test(name);
}

/** Folders that say nothing about which image they hold. */
const plainFolders = new Set([
  'docker',
  '.docker',
  'dockerfiles',
  'container',
  'containers',
  'build',
  'deploy',
]);

/**
 * What tells one Dockerfile of a project from the others: `''` for `api/Dockerfile`, `worker` for
 * `api/Dockerfile.worker`, `api/worker.Dockerfile`, `api/docker/worker.Dockerfile` and `api/worker/Dockerfile`.
 * Depends on nothing but the path, so that adding a Dockerfile never renames the target of another.
 */
export function dockerfileSuffix(dockerfilePath: string, projectRoot: string): string {
  const inProject = projectRoot === '.' ? dockerfilePath : dockerfilePath.slice(projectRoot.length + 1);
  const folders = inProject
    .split('/')
    .slice(0, -1)
    .filter((folder) => !plainFolders.has(folder.toLowerCase()));
  const match = namePattern.exec(baseName(dockerfilePath));
  return slug([...folders, match?.[1] ?? match?.[2] ?? ''].join('-'));
}

/** The nearest folder, from the Dockerfile's own upwards, for which `isProjectRoot` holds; `.` is the root. */
export function findProjectRoot(
  dockerfilePath: string,
  isProjectRoot: (folder: string) => boolean,
): string | undefined {
  const folders = dockerfilePath.split('/').slice(0, -1);
  for (let length = folders.length; length > 0; length--) {
    const folder = folders.slice(0, length).join('/');
    if (isProjectRoot(folder)) return folder;
  }
  return isProjectRoot('.') ? '.' : undefined;
}

/** An image's default name: the project's, without an npm scope, as a valid path of an image reference. */
export function defaultImageName(projectName: string, suffix: string): string {
  const name = slug(projectName.replace(/^@[^/]*\//, '').replaceAll('/', '-'));
  return [name || 'image', suffix].filter(Boolean).join('-');
}

/** Lower case letters, digits and single separators, as image references and target names allow them. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/[._-]{2,}/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
