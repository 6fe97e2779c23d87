import type { BuildRequest } from '../../core/build/build-command.js';
import { inputsLabel } from '../../core/build/inputs-label.js';
import { sourceLabels } from '../../core/build/source-labels.js';
import { DockerPluginError } from '../../core/errors.js';
import { readRevision } from '../../host/git/read-revision.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import type { PreparedBuild } from './prepare-build.js';

/**
 * Labels an image with its input digest, by which it is found again, and one that is pushed with the commit it was
 * built from. A local image has no label of a commit: it would be another one after each.
 */
export async function withSource(
  { request, inputDigest }: PreparedBuild,
  options: BuildExecutorOptions,
  root: string,
): Promise<{ request: BuildRequest; revision?: string }> {
  const own = { ...parseLabels(options.labels), [inputsLabel]: inputDigest };
  if (!options.push) return { request: { ...request, labels: own } };
  const revision = await readRevision(root);
  const labels = { ...(revision && sourceLabels(revision)), ...own };
  return { request: { ...request, labels }, ...(revision && { revision: revision.sha }) };
}

function parseLabels(given: BuildExecutorOptions['labels'] = []): Record<string, string> {
  return Object.fromEntries([given].flat().map(parseLabel));
}

function parseLabel(text: string): [name: string, value: string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  throw new DockerPluginError({
    code: 'OPTIONS_INVALID',
    severity: 'error',
    message: `the label ${JSON.stringify(text)} is not of the form name=value`,
    fix: 'write each label as name=value',
  });
}
