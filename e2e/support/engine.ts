import { repositoryRoot } from './nx-versions.js';
import { run } from './run.js';

/** Runs docker against the engine that the tests were started with. Throws where there is none. */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await run(['docker', ...args], { cwd: repositoryRoot });
  return stdout;
}

/** Reads one file out of an image, without running it. */
export async function imageFile(imageRef: string, path: string): Promise<string> {
  const container = await docker('create', imageRef, 'nothing');
  try {
    const { stdout } = await run(['sh', '-c', 'docker cp "$1" - | tar -xO', 'sh', `${container}:${path}`], {
      cwd: repositoryRoot,
    });
    return stdout;
  } finally {
    await docker('rm', '--force', container);
  }
}

/** Removes the images whose name matches, so that a later test cannot take them for its own. */
export async function removeImages(reference: string): Promise<void> {
  const names = await docker(
    'image',
    'ls',
    '--format',
    '{{.Repository}}:{{.Tag}}',
    '--filter',
    `reference=${reference}`,
  );
  if (names !== '') await docker('image', 'rm', '--force', ...new Set(names.split('\n')));
}
