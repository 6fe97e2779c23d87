import type { ExecutorContext } from '@nx/devkit';
import type { ExpectedImage } from '../../core/build/base-contexts.js';
import { inputsLabel, localBasesLabel } from '../../core/build/inputs-label.js';
import { sourceLabels } from '../../core/build/source-labels.js';
import { DockerPluginError } from '../../core/errors.js';
import { parseAnnotation } from '../../core/image/annotation.js';
import { buildTag } from '../../core/registry/guard-tag.js';
import { readRevision } from '../../host/git/read-revision.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import type { PreparedBuild } from './prepare-build.js';
import { type CommitToName, readCommit } from './read-commit.js';

/** A build with the labels of its commit, and the names that its commit gives. */
export interface SourcedBuild extends PreparedBuild {
  /** Labels without which no image is taken for what this build would give. */
  readonly requiredLabels: Readonly<Record<string, string>>;
  /** The commit, 40 hexadecimal digits; left out where files differ from it, and for a local image. */
  readonly revision?: string;
  /** What the commit is to be published as, with the option `publish`. */
  readonly commit?: CommitToName;
}

/**
 * Labels an image with its input digest, by which it is found again, and one that is pushed with the commit it was
 * built from. A local image has no label of a commit: it would be another one after each.
 *
 * @throws DockerPluginError OPTIONS_INVALID for a label or annotation that is none, and what `readCommit` throws.
 */
export async function withSource(
  prepared: PreparedBuild,
  options: BuildExecutorOptions,
  context: ExecutorContext,
): Promise<SourcedBuild> {
  const { inputDigest, image } = prepared;
  const annotations = [options.annotations ?? []].flat();
  const unknown = annotations.find((each) => !parseAnnotation(each));
  if (unknown !== undefined) throw malformed('annotation', unknown);
  const request = { ...prepared.request, ...(annotations.length > 0 && { annotations }) };
  const requiredLabels = parseLabels(options.labels);
  const own = { ...requiredLabels, [inputsLabel]: inputDigest };
  if (options.publish) {
    const commit = await readCommit(prepared, context);
    // Names come once the registry has the image, and only as far as they may move.
    const imageRefs = [`${image.image}:${buildTag(inputDigest)}`];
    const labels = { ...parseLabels(commit.labels), ...own };
    return {
      ...prepared,
      request: {
        ...request,
        imageRefs,
        push: 'by-name',
        labels,
        annotations: [...commit.annotations, ...annotations],
      },
      requiredLabels,
      revision: commit.head,
      commit,
    };
  }
  if (!options.push) {
    const local = { ...requiredLabels, ...localBases(prepared.bases) };
    return { ...prepared, request: { ...request, labels: { ...local, ...own } }, requiredLabels: local };
  }
  const revision = await readRevision(context.root);
  const labels = { ...(revision && sourceLabels(revision)), ...own };
  return {
    ...prepared,
    request: { ...request, labels },
    requiredLabels,
    ...(revision && { revision: revision.sha }),
  };
}

/** A base that was built anew, though from the same inputs, makes another image of this one. */
function localBases(bases: readonly ExpectedImage[]): Record<string, string> {
  const ids = bases
    .map(({ reference, ids, imageRef }) => [reference, ids.at(-1) ?? imageRef] as const)
    .sort();
  return ids.length === 0 ? {} : { [localBasesLabel]: JSON.stringify(Object.fromEntries(ids)) };
}

function parseLabels(given: BuildExecutorOptions['labels'] = []): Record<string, string> {
  return Object.fromEntries([given].flat().map(parseLabel));
}

function parseLabel(text: string): [name: string, value: string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  throw malformed('label', text);
}

function malformed(what: string, text: string): DockerPluginError {
  return new DockerPluginError({
    code: 'OPTIONS_INVALID',
    severity: 'error',
    message: `the ${what} ${JSON.stringify(text)} is not of the form name=value`,
    fix: `write each ${what} as name=value`,
  });
}
