import type { BuildRequest } from '../../core/build/build-command.js';
import { DockerPluginError } from '../../core/errors.js';
import { openRegistry } from '../../host/registry/open-registry.js';

/**
 * Asks the registry what it got, so that a record never names what is not there.
 *
 * @param built The digest that the engine gave, if it gave one.
 */
export async function readPushed(
  { push, imageRefs }: BuildRequest,
  built: { readonly repository: string; readonly digest: string | undefined },
): Promise<{ digest: string; pushed: true } | undefined> {
  if (push === undefined) return undefined;
  const { repository } = built;
  const reference = push === 'by-digest' ? built.digest : imageRefs[0]?.slice(repository.length + 1);
  const head = reference === undefined ? undefined : await openRegistry(repository).head(reference);
  if (head) return { digest: head.digest, pushed: true };
  throw new DockerPluginError({
    code: 'ENGINE_FAILED',
    severity: 'error',
    message: `the engine says that it pushed ${repository}, but the registry does not have ${reference ?? 'what it built'}`,
    fix: 'push again; if it stays so, compare the registry that the engine reaches with the one named here',
  });
}
