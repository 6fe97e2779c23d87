import { join, resolve } from 'node:path';
import { minimatch } from 'minimatch';
import { copyFolder } from '../github.js';
import { type Action, flag } from './run-action.js';

/** Copies one artifact, which must be there, or all that match a pattern, which may be none. */
export const downloadArtifact: Action = {
  inputs: ['merge-multiple', 'name', 'path', 'pattern'],
  run: (runner, call) => {
    const { name = '', pattern = '', path = '' } = call.inputs;
    const artifacts =
      runner.github.runs.artifacts.get(runner.context.run.run.runId) ?? new Map<string, string>();
    const target = resolve(runner.workspace, path);
    if (name !== '') {
      const folder = artifacts.get(name);
      if (folder === undefined)
        throw new Error(`Unable to download artifact(s): Artifact not found for name: ${name}`);
      copyFolder(folder, target);
      return { 'download-path': target };
    }
    const merge = flag(call, 'merge-multiple', false);
    const found = [...artifacts].filter(([each]) => pattern === '' || minimatch(each, pattern));
    for (const [each, folder] of found) copyFolder(folder, merge ? target : join(target, each));
    runner.log.push(`Total of ${found.length} artifact(s) downloaded`);
    return { 'download-path': target };
  },
};
