import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type NxMajor, nxInstallation } from './nx-versions.js';
import { git } from './run.js';

/** Contents by workspace-relative path; `{ link }` makes a symbolic link, `{ run }` an executable file. */
export type Files = Readonly<Record<string, string | { readonly link: string } | { readonly run: string }>>;

export interface WorkspaceOptions {
  readonly major?: NxMajor;
  /** Options of the plugin's entry in nx.json. */
  readonly plugin?: object;
  readonly files: Files;
}

const installations = new Map<NxMajor, Promise<string>>();

/** Makes a committed Nx workspace outside of this repository that uses the packed plugin. */
export async function createWorkspace({ major = 23, plugin = {}, files }: WorkspaceOptions): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'moltbook-docker-e2e-'));
  const installation = installations.get(major) ?? nxInstallation(major);
  installations.set(major, installation);
  symlinkSync(join(await installation, 'node_modules'), join(root, 'node_modules'));
  writeFiles(root, {
    '.gitignore': 'node_modules\n.nx\ndist\n',
    'package.json': JSON.stringify({ name: 'workspace', version: '0.0.0', private: true }),
    'nx.json': JSON.stringify({
      analytics: false,
      plugins: [{ plugin: '@moltbook/docker/plugin', options: plugin }],
    }),
    ...files,
  });
  await git(root, 'init', '--quiet');
  await commitAll(root, 'First');
  return root;
}

export function writeFiles(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === 'string') writeFileSync(file, content);
    else if ('link' in content) symlinkSync(content.link, file);
    else {
      writeFileSync(file, content.run);
      chmodSync(file, 0o755);
    }
  }
}

export async function commitAll(root: string, message: string): Promise<void> {
  await git(root, 'add', '--all');
  await git(root, 'commit', '--quiet', '--allow-empty', '--message', message);
}
