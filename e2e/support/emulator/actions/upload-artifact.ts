import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Action, flag } from './run-action.js';

/** Keeps a file or a folder for other jobs of the run. Hidden files stay behind. */
export const uploadArtifact: Action = {
  inputs: [
    'compression-level',
    'if-no-files-found',
    'include-hidden-files',
    'name',
    'overwrite',
    'path',
    'retention-days',
  ],
  run: (runner, call) => {
    const { name = '', path = '', 'if-no-files-found': missing = 'warn' } = call.inputs;
    checkName(name || 'artifact');
    if (/[*?[\n]/.test(path)) throw new Error(`the emulator takes no pattern as path: ${path}`);
    const source = resolve(runner.workspace, path);
    const files = filesOf(source, flag(call, 'include-hidden-files', false));
    if (files.length === 0) {
      const text = `No files were found with the provided path: ${path}. No artifacts will be uploaded.`;
      if (missing === 'error') throw new Error(text);
      runner.log.push(text);
      return {};
    }
    const artifacts = runner.github.runs.artifacts.get(runner.context.run.run.runId);
    const old = artifacts?.get(name);
    if (old !== undefined && !flag(call, 'overwrite', false))
      throw new Error(
        'Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists on the workflow run',
      );
    if (old !== undefined) rmSync(old, { recursive: true });
    const folder = mkdtempSync(join(runner.github.folder, 'artifact-'));
    for (const file of files) cpSync(join(source, file), join(folder, file === '' ? basename(source) : file));
    artifacts?.set(name, folder);
    return { 'artifact-id': folder };
  },
};

/** https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/upload/path-and-artifact-name-validation.ts */
function checkName(name: string): void {
  const [wrong] = name.match(/["/\\:<>|*?\r\n]/) ?? [];
  if (wrong)
    throw new Error(`The artifact name is not valid: ${name}. Contains the following character: ${wrong}`);
}

/** Paths within a folder; one empty path for a file. */
function filesOf(source: string, hidden: boolean): string[] {
  if (!existsSync(source)) return [];
  if (statSync(source).isFile()) return [''];
  return readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => statSync(join(source, file)).isFile() && (hidden || !/(?:^|\/)\./.test(file)),
  );
}
