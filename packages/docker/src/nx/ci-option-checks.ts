import type { CiOptions } from '../core/workflow/ci-options.js';
import { knownBadCommits, parsePin } from '../core/workflow/pins.js';
import {
  type Check,
  flag,
  integerBetween,
  isRecord,
  matching,
  objectOf,
  oneOf,
  recordOf,
} from './option-checks.js';

/** These texts become parts of a workflow file: one line, and no expression of GitHub's. */
const line = matching(/^(?!.*\$\{\{)[^\p{Cc}]+$/u, 'a text of one line without ${{');

const ciChecks: Record<keyof CiOptions, Check> = {
  provider: oneOf('github', 'gitlab'),
  strategy: oneOf('matrix', 'single'),
  branch: line,
  tagPattern: line,
  schedule: matching(/^[\d*/,\-A-Z]+( [\d*/,\-A-Z]+){4}$/i, 'a cron line of five fields'),
  runners: recordOf(matching(/^[\w.-]+$/, 'a label of letters, digits, ".", "_" and "-"')),
  cache: oneOf('gha', 'registry', 'none'),
  provenance: oneOf('min', 'max', 'none'),
  sbom: flag,
  attest: flag,
  references: oneOf('commit', 'pull-request', 'none'),
  nodeVersion: matching(/^[\w.*/-]+$/, 'a version that setup-node knows, such as 22'),
  timeoutMinutes: integerBetween(1, 21600),
  maxJobs: integerBetween(1, 256),
  registryLogin: login,
  pins: recordOf(pin),
};

export const checkCiOptions: Check = objectOf(ciChecks);
export const ciOptionNames: readonly string[] = Object.keys(ciChecks);

/** Both are names, never the values: nx.json is no place for a password. */
function login(value: unknown): string | undefined {
  const names = isRecord(value) ? [value.username, value.password] : [];
  const valid =
    names.length === 2 && names.every((name) => typeof name === 'string' && /^[A-Z_]\w*$/i.test(name));
  return valid ? undefined : 'an object with username and password, the names of a variable and of a secret';
}

function pin(value: unknown): string | undefined {
  const parsed = typeof value === 'string' ? parsePin(value) : undefined;
  if (!parsed) return 'a commit with its version: <40 hex digits> # v1.2.3';
  return knownBadCommits.includes(parsed.commit) ? 'not a commit that steals secrets' : undefined;
}
