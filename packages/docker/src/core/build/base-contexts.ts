import { DockerPluginError, type Problem } from '../errors.js';
import type { PublishedRecord } from './published-record.js';

/** A reference in a Dockerfile to an image of this workspace, and the text of its record, if it is there. */
export interface BaseRecord {
  readonly reference: string;
  readonly recordPath: string;
  readonly text: string | undefined;
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
} {
  const problems: Problem[] = [];
  const namedContexts: Record<string, string> = {};
  const digests: Record<string, string> = {};
  for (const base of bases) {
    const record = parseRecord(base.text);
    if (!record?.imageRef) {
      problems.push(missing(base));
      continue;
    }
    namedContexts[base.reference] = `docker-image://${record.imageRef}`;
    digests[base.reference] = record.inputDigest ?? record.digest ?? record.imageId ?? record.imageRef;
  }
  if (problems.length > 0) throw new DockerPluginError(problems);
  return { namedContexts, digests };
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
