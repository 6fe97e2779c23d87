import { jobPermissions } from './job-permissions.js';
import { makeEvent } from './make-event.js';
import type { WorkflowEvent } from './workflow-event.js';

const facts = { repository: 'acme/shop', defaultBranch: 'main', head: 'a'.repeat(40), base: null };
const push = makeEvent({ kind: 'push', ...facts });
const fork: WorkflowEvent = { ...push, name: 'pull_request', fromFork: true };
const dependabot: WorkflowEvent = { ...push, name: 'pull_request', actor: 'dependabot[bot]' };

it.each([
  ['nothing said', undefined, push, { contents: 'read', packages: 'read' }],
  ['nothing given', {}, push, {}],
  ['one scope', { packages: 'write' }, push, { packages: 'write' }],
  ['a scope that is taken away', { contents: 'read', packages: 'none' }, push, { contents: 'read' }],
  [
    'a fork',
    { contents: 'write', packages: 'write', 'id-token': 'write' },
    fork,
    { contents: 'read', packages: 'read' },
  ],
  ['Dependabot', { packages: 'write' }, dependabot, { packages: 'read' }],
])('%s: %j', (_, setting, event, permissions) => expect(jobPermissions(setting, event)).toEqual(permissions));

it('gives all scopes at once', () => {
  expect(jobPermissions('write-all', push)).toMatchObject({ 'id-token': 'write', packages: 'write' });
  expect(jobPermissions('read-all', push)).toMatchObject({ contents: 'read' });
  expect(jobPermissions('read-all', push)).not.toHaveProperty('id-token');
});
