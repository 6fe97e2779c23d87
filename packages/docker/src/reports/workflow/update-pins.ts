import { join } from 'node:path';
import { workspaceRoot } from '@nx/devkit';
import { DockerPluginError } from '../../core/errors.js';
import { findUses, repositoryOf } from '../../core/workflow/find-uses.js';
import { githubWorkflow } from '../../core/workflow/github-workflow.js';
import { newestPin } from '../../core/workflow/newest-pin.js';
import { parsePin } from '../../core/workflow/pins.js';
import { setJsonValue } from '../../core/workflow/set-json-value.js';
import { isGenerated, updateWorkflow } from '../../core/workflow/update-workflow.js';
import { workflowFile } from '../../core/workflow/workflow-file.js';
import { readGit } from '../../host/git/run-git.js';
import { writeFilesTogether } from '../../host/write-files-together.js';
import { openWorkspace } from '../../nx/open-workspace.js';
import type { Workspace } from '../../nx/workspace.js';
import { readPluginOptions } from '../images/open-images.js';
import { isThisPlugin, readNxJson } from '../images/plugin-entries.js';
import { readWorkflowShape } from './workflow-shape.js';

export interface PinUpdate {
  readonly action: string;
  /** Versions: `v4.1.0`. */
  readonly from: string;
  readonly to: string;
}

/**
 * Finds the newest release, of the same major version, of each action that the generated workflow uses, and writes it
 * to `ci.pins` in nx.json and into the workflow.
 *
 * @throws DockerPluginError GIT_FAILED where a repository does not answer; nothing is written then.
 */
export async function updatePins(root: string = workspaceRoot): Promise<PinUpdate[]> {
  const workspace = await openWorkspace(root);
  const { pins, updates } = await findNewer(root, workspace);
  if (updates.length === 0) return [];
  const nxJson = editPins(workspace, pins);
  const edited = {
    ...workspace,
    readText: (path: string) => (path === 'nx.json' ? nxJson : workspace.readText(path)),
  };
  const file = workflowFile(await readWorkflowShape(edited));
  const current = workspace.readText(file.path);
  const texts: [string, string | undefined, string][] = [['nx.json', workspace.readText('nx.json'), nxJson]];
  if (current !== undefined && isGenerated(current))
    texts.push([file.path, current, updateWorkflow(file, current).text]);
  writeFilesTogether(
    root,
    texts.map(([path, before = '', after]) => ({
      path: join(root, path),
      before: Buffer.from(before),
      after: Buffer.from(after),
    })),
  );
  return updates;
}

/** All pins that differ from the built-in ones, and what is new. */
async function findNewer(root: string, workspace: Workspace) {
  const text = githubWorkflow(await readWorkflowShape(workspace));
  const pins: Record<string, string> = { ...readPluginOptions(workspace).ci?.pins };
  const updates: PinUpdate[] = [];
  const used = new Map(findUses(text).map((use) => [use.action, `${use.ref} # ${use.comment}`]));
  for (const [action, pinText] of [...used].sort()) {
    const pin = parsePin(pinText);
    if (!pin) continue;
    const newest = newestPin(pin, await readTags(root, repositoryOf(action)));
    if (newest.commit === pin.commit) continue;
    pins[action] = `${newest.commit} # ${newest.version}`;
    updates.push({ action, from: pin.version, to: newest.version });
  }
  return { pins, updates };
}

async function readTags(root: string, repository: string): Promise<string> {
  const url = `https://github.com/${repository}`;
  const { exitCode, stdout, stderr } = await readGit(root, ['ls-remote', '--tags', '--', url]);
  if (exitCode === 0) return stdout.toString('utf8');
  throw new DockerPluginError({
    code: 'GIT_FAILED',
    severity: 'error',
    message: `${url} does not say its versions`,
    fix: `try again where git can reach it; git says: ${stderr.trim().split('\n')[0]}`,
  });
}

function editPins(workspace: Workspace, pins: Readonly<Record<string, string>>): string {
  const { plugins = [] } = readNxJson(workspace);
  const index = plugins.findIndex((entry) => isThisPlugin(typeof entry === 'string' ? entry : entry.plugin));
  const entry = plugins[index];
  const text = workspace.readText('nx.json') ?? '';
  const edited =
    typeof entry === 'string'
      ? setJsonValue(text, ['plugins', index], { plugin: entry, options: { ci: { pins } } })
      : setJsonValue(text, ['plugins', index, 'options', 'ci', 'pins'], pins);
  if (edited !== undefined) return edited;
  throw new DockerPluginError({
    code: 'OPTIONS_INVALID',
    severity: 'error',
    message: 'nx.json cannot be edited without losing its comments',
    fix: `set the plugin's option ci.pins to ${JSON.stringify(pins)}, and run npx nx sync`,
  });
}
