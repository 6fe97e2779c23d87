import { readFileSync } from 'node:fs';
import type { CiEvent } from '../core/plan/ci-event.js';
import { parseGitHubEvent } from '../core/plan/parse-github-event.js';
import { parseGitLabEvent } from '../core/plan/parse-gitlab-event.js';

/** What the CI around this process says, from its variables and its event file. */
export interface CiFacts {
  /** `null` on a developer's machine and in a CI that is not known. */
  readonly provider: 'github' | 'gitlab' | null;
  /** Absent where no provider is known. */
  readonly event?: CiEvent;
}

/** Reads what the CI says. An event file that cannot be read counts as one that says nothing. */
export function readCiFacts(
  env: NodeJS.ProcessEnv = process.env,
  provider: CiFacts['provider'] = findProvider(env),
): CiFacts {
  if (provider === 'gitlab') return { provider, event: parseGitLabEvent(env) };
  if (provider === null) return { provider };
  const { GITHUB_EVENT_NAME: name = '', GITHUB_REF: ref = '', GITHUB_EVENT_PATH: path } = env;
  return { provider, event: parseGitHubEvent({ name, ref, payload: readJson(path) }) };
}

function findProvider(env: NodeJS.ProcessEnv): CiFacts['provider'] {
  if (env.GITHUB_EVENT_NAME) return 'github';
  return env.GITLAB_CI ? 'gitlab' : null;
}

function readJson(path: string | undefined): unknown {
  try {
    return JSON.parse(readFileSync(path ?? '', 'utf8'));
  } catch {
    return undefined;
  }
}
