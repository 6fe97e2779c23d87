import type { ExecutorContext } from '@nx/devkit';
import { DockerPluginError, formatProblem } from '../../core/errors.js';
import type { SignOptions } from '../../core/signing/signing-options.js';
import { type CommitNames, commitNames } from '../../core/tags/commit-names.js';
import { readCheckout } from '../../host/git/read-checkout.js';
import { readTagFacts } from '../../host/read-tag-facts.js';
import { type NamingPlace, namingPlace } from '../../host/registry/naming-place.js';
import { publishSettings } from '../../reports/images/publish-settings.js';
import type { PreparedBuild } from './prepare-build.js';

/** The commit that is published, and what it gives to an image. */
export interface CommitToName extends Omit<CommitNames, 'problems'>, NamingPlace {
  /** 40 hexadecimal digits. */
  readonly head: string;
  /** How the image is signed before it gets names, if the workspace signs. */
  readonly signing?: SignOptions;
}

/**
 * The names of the commit that is checked out, by the plugin's option `publish`. Warnings are printed.
 *
 * @throws DockerPluginError COMMIT_DIFFERS where the image would not be that of the commit, TAG_RULE_INVALID, GIT_FAILED.
 */
export async function readCommit(
  { image, files }: PreparedBuild,
  { root, nxJsonConfiguration }: ExecutorContext,
): Promise<CommitToName> {
  const checkout = await readCheckout(root);
  const read = new Set(files.filter(({ uses }) => uses.length > 0).map(({ path }) => path));
  const differing = [...checkout.changed, ...checkout.untracked.filter((path) => read.has(path))];
  if (differing.length > 0) throw commitDiffers(checkout.head, differing);
  const { options, branch } = publishSettings(nxJsonConfiguration);
  const { head } = checkout;
  const facts = { ...(await readTagFacts({ root, branch })), sha: head };
  const { sign: signing, ...rules } = options.publish ?? {};
  const { problems, ...names } = commitNames(image.image, rules, { facts, now: new Date() });
  if (problems.some(({ severity }) => severity === 'error')) throw new DockerPluginError(problems);
  for (const problem of problems) console.warn(formatProblem(problem));
  return {
    ...names,
    head,
    ...(signing && { signing }),
    ...namingPlace(root, { ref: facts.ref, head }),
  };
}

function commitDiffers(head: string, paths: readonly string[]): DockerPluginError {
  const [first = ''] = paths;
  const others = paths.length > 1 ? ` and ${paths.length - 1} more` : '';
  return new DockerPluginError({
    code: 'COMMIT_DIFFERS',
    severity: 'error',
    message: `${JSON.stringify(first)}${others} is not as in the commit ${head.slice(0, 7)}, whose names the image would get`,
    fix: 'commit, or put aside with git stash --include-untracked, then publish again',
  });
}
