import type { CiEvent } from './ci-event.js';

/** Of GitHub's variables and event file, what a plan depends on. */
export interface GitHubFacts {
  /** GITHUB_EVENT_NAME. */
  readonly name: string;
  /** GITHUB_REF: `refs/heads/main`. */
  readonly ref: string;
  /** The event file's JSON; `undefined` where it cannot be read. */
  readonly payload: unknown;
}

/**
 * Reads what GitHub says about an event. Nothing in it is trusted: texts of the wrong type count as absent.
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
export function parseGitHubEvent({ name, ref, payload }: GitHubFacts): CiEvent {
  const at = (...path: string[]): string => textAt(payload, path);
  switch (name) {
    case 'push':
      return {
        event: ref.startsWith('refs/tags/') ? 'tag' : 'push',
        ...(valueAt(payload, ['deleted']) === true && { isDeletion: true }),
        base: ref.startsWith('refs/tags/')
          ? 'a tag has no base'
          : { revisions: [at('before')], how: 'exact', from: 'the push event' },
      };
    case 'pull_request':
    case 'pull_request_target':
      return {
        event: 'pull-request',
        base: {
          revisions: [at('pull_request', 'base', 'sha')],
          how: 'merge-base',
          from: 'the pull request',
          ...(at('pull_request', 'head', 'sha') && { mergedTip: at('pull_request', 'head', 'sha') }),
        },
      };
    case 'merge_group':
      return {
        event: 'merge-group',
        base: { revisions: [at('merge_group', 'base_sha')], how: 'exact', from: 'the merge group' },
      };
    case 'workflow_dispatch':
      return {
        event: 'dispatch',
        base: 'a run by hand has no base',
        images: at('inputs', 'images'),
        force: isTrue(valueAt(payload, ['inputs', 'force'])),
      };
    case 'repository_dispatch':
      return { event: 'dispatch', base: 'a run by hand has no base' };
    case 'schedule':
      return { event: 'schedule', base: 'a scheduled run has no base' };
    default:
      return { event: 'local', base: `the event ${name} has no base` };
  }
}

/** Inputs that are booleans arrive as such or as text, depending on who started the run. */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function textAt(value: unknown, path: readonly string[]): string {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : '';
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}
