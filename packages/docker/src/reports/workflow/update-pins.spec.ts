import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { treeOnDisk } from '../../../testing/tree-on-disk.js';
import syncWorkflow from '../../generators/sync-workflow/sync-workflow.js';
import { listPins } from './list-pins.js';
import { updatePins } from './update-pins.js';

const path = '.github/workflows/docker.yml';
const plugin = '@moltbook/docker/plugin';
const nxJson = `{
  "plugins": [{ "plugin": "${plugin}", "options": { "registry": "ghcr.io/acme" } }],
  "defaultBase": "main"
}
`;
let origin: string;

/** Stands for https://github.com. */
beforeEach(() => {
  origin = mkdtempSync(join(tmpdir(), 'moltbook-docker-actions-'));
});

function git(folder: string, ...args: string[]): string {
  const author = [
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.com',
    '-c',
    'init.defaultBranch=main',
  ];
  return execFileSync('git', ['-C', folder, ...author, ...args], { encoding: 'utf8' }).trim();
}

/** Makes the repository of an action; the commit behind its tags. */
function publishAction(action: string, ...tags: string[]): string {
  const folder = join(origin, action);
  execFileSync('git', ['init', '--quiet', folder]);
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'release');
  for (const tag of tags) git(folder, 'tag', '--annotate', '--message', tag, tag);
  return git(folder, 'rev-parse', 'HEAD');
}

async function workspaceWithWorkflow(): Promise<string> {
  const root = temporaryWorkspace({
    'nx.json': nxJson,
    'package.json': '{}',
    'package-lock.json': '{}',
    'api/project.json': '{"name":"api"}',
    'api/Dockerfile': 'FROM scratch\n',
  });
  const { tree, flush } = treeOnDisk(root);
  await syncWorkflow(tree);
  flush();
  git(root, 'init', '--quiet');
  git(root, 'config', `url.${origin}/.insteadOf`, 'https://github.com/');
  return root;
}

it('writes newer releases to nx.json and to the workflow, so that nx sync keeps them', async () => {
  const root = await workspaceWithWorkflow();
  const actions = new Set(listPins(root).map(({ action }) => action));
  for (const action of actions) publishAction(action, 'v1.0.0');
  const commit = publishAction('actions/checkout', 'v7.9.0', 'v8.0.0');
  expect(await updatePins(root)).toEqual([{ action: 'actions/checkout', from: 'v7.0.1', to: 'v7.9.0' }]);
  expect(readFileSync(join(root, 'nx.json'), 'utf8')).toContain(
    `"pins": {\n        "actions/checkout": "${commit} # v7.9.0"`,
  );
  expect(readFileSync(join(root, path), 'utf8')).toContain(`actions/checkout@${commit} # v7.9.0`);
  expect(await syncWorkflow(treeOnDisk(root).tree)).toBeUndefined();
  expect(await updatePins(root)).toEqual([]);
});

it('writes nothing where a repository does not answer', async () => {
  const root = await workspaceWithWorkflow();
  publishAction('actions/checkout', 'v7.9.0');
  await expect(updatePins(root)).rejects.toThrow('does not say its versions (GIT_FAILED)');
  expect(readFileSync(join(root, 'nx.json'), 'utf8')).toBe(nxJson);
});

it('finds what stands at no commit, and what is known to steal', () => {
  const root = temporaryWorkspace({
    '.github/workflows/a.yml': `jobs:
  a:
    steps:
      - uses: actions/checkout@v4
      - uses: tj-actions/changed-files@0e58ed8671d6b60d0890c21b07f8835ace038e67 # v45
`,
    '.github/workflows/notes.md': '- uses: actions/checkout@v4',
  });
  expect(listPins(root).map(({ file, line, fault }) => [file, line, fault])).toEqual([
    ['.github/workflows/a.yml', 4, 'is a name that can move to another commit'],
    ['.github/workflows/a.yml', 5, 'is a commit that steals secrets'],
  ]);
});
