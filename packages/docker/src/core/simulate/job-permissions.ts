import type { PermissionsSetting } from './workflow.js';
import type { WorkflowEvent } from './workflow-event.js';

/** Access of a job's token by scope, sorted; scopes without access are left out. */
export type Permissions = Readonly<Record<string, 'read' | 'write'>>;

/**
 * What the token of a job may do. A job's own setting replaces the workflow's; as soon as one scope is named, all
 * others have none. Runs of forks and of Dependabot get nothing but reading, whatever the workflow says.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
export function jobPermissions(setting: PermissionsSetting, event: WorkflowEvent): Permissions {
  const asked = Object.entries(expand(setting)).filter(
    ([, access]) => access === 'read' || access === 'write',
  );
  const granted = asked.flatMap(([scope, access]): [string, 'read' | 'write'][] => {
    if (!isReadOnly(event)) return [[scope, access as 'read' | 'write']];
    return scope === 'id-token' ? [] : [[scope, 'read']];
  });
  return Object.fromEntries(granted.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** True if GitHub lets the run neither write nor see secrets. */
export function isReadOnly({ name, fromFork, actor }: WorkflowEvent): boolean {
  if (name === 'pull_request_target') return false;
  return fromFork || (actor === 'dependabot[bot]' && readOnlyForDependabot.includes(name));
}

const readOnlyForDependabot = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'push',
  'create',
  'deployment',
  'deployment_status',
];

const scopes = [
  'actions',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'id-token',
  'issues',
  'models',
  'packages',
  'pages',
  'pull-requests',
  'security-events',
  'statuses',
];

/** Where nothing is said, what new repositories give. */
function expand(setting: PermissionsSetting): Readonly<Record<string, string>> {
  if (setting === undefined) return { contents: 'read', packages: 'read' };
  if (typeof setting === 'object') return setting;
  const access = setting === 'read-all' ? 'read' : 'write';
  const all = scopes.filter((scope) => access === 'write' || scope !== 'id-token');
  return Object.fromEntries(all.map((scope) => [scope, scope === 'models' ? 'read' : access]));
}
