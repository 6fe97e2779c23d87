import { DockerPluginError, type Problem } from '../errors.js';
import type { PublishedRecord } from './published-record.js';

/** A reference in a Dockerfile to an image of this workspace, and the text of its record, if it is there. */
export interface BaseRecord {
  readonly reference: string;
  readonly recordPath: string;
  readonly text: string | undefined;
}

/** A local name resolves to whatever has it now, which another build may have taken in between. */
export interface ExpectedImage {
  readonly reference: string;
  readonly imageRef: string;
  /** Image id and digest of the record: a store knows an image by one of them. */
  readonly ids: readonly string[];
  /** The repository that has the image, where it was pushed: the registry is to be asked, and not the engine. */
  readonly pushedTo?: string;
}

/**
 * Compares what an engine, or the registry of a pushed image, has under the name of a base with what was recorded.
 *
 * @param actual The id that it gives for the name, `undefined` if it has no such image.
 */
export function checkBase(
  { reference, imageRef, ids, pushedTo }: ExpectedImage,
  actual: string | undefined,
): Problem[] {
  if (actual !== undefined && (ids.length === 0 || ids.includes(actual))) return [];
  const what =
    actual === undefined
      ? `is not in the ${pushedTo === undefined ? 'engine' : 'registry'} any more`
      : `is ${actual} now, and not ${ids.join(' or ')}`;
  return [
    {
      code: 'BASE_MISSING',
      severity: 'error',
      message: `${reference} was built as ${imageRef}, which ${what}`,
      fix: 'build again through Nx, which builds the images that this one starts from first',
    },
  ];
}

/**
 * Turns the records of base images into named contexts, so that a build starts from what was just built without an
 * edit of its Dockerfile.
 *
 * @throws DockerPluginError BASE_MISSING where a base was not built, or its record cannot be read.
 */
export function baseContexts(bases: readonly BaseRecord[]): {
  readonly namedContexts: Record<string, string>;
  /** What identifies each base, for the input digest of the dependant. */
  readonly digests: Record<string, string>;
  /** What the engine has to have under each name for the build to start from what was recorded. */
  readonly expected: readonly ExpectedImage[];
} {
  const problems: Problem[] = [];
  const namedContexts: Record<string, string> = {};
  const digests: Record<string, string> = {};
  const expected: ExpectedImage[] = [];
  for (const base of bases) {
    const record = parseRecord(base.text);
    if (!record?.imageRef) {
      problems.push(missing(base));
      continue;
    }
    const one = expectedImage(base.reference, record, record.imageRef);
    namedContexts[base.reference] = `docker-image://${one.imageRef}`;
    digests[base.reference] = record.inputDigest ?? record.digest ?? record.imageId ?? record.imageRef;
    expected.push(one);
  }
  if (problems.length > 0) throw new DockerPluginError(problems);
  return { namedContexts, digests, expected };
}

/** By its digest where it is in a registry: a name may have moved since. */
function expectedImage(
  reference: string,
  { pushed, image, digest, imageId }: Partial<PublishedRecord>,
  imageRef: string,
): ExpectedImage {
  if (pushed && image !== undefined && digest !== undefined)
    return { reference, imageRef: `${image}@${digest}`, ids: [digest], pushedTo: image };
  return { reference, imageRef, ids: [imageId, digest].filter((id) => id !== undefined) };
}

function parseRecord(text: string | undefined): Partial<PublishedRecord> | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Partial<PublishedRecord>);
  } catch {
    return undefined;
  }
}

function missing({ reference, recordPath, text }: BaseRecord): Problem {
  return {
    code: 'BASE_MISSING',
    severity: 'error',
    message: `${reference} is an image of this workspace, but its record ${recordPath} ${text === undefined ? 'does not exist' : 'cannot be read'}`,
    fix: 'build it first: run this target through Nx, which builds the images it depends on',
  };
}
