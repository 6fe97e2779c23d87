import type { PublishedRecord } from '../../core/build/published-record.js';
import type { Problem } from '../../core/errors.js';
import { repositoryOf } from '../../core/manifest/loose-ref.js';
import { type ReferenceForm, wantedReference } from '../../core/manifest/wanted-reference.js';

export interface WantedReferences {
  /** References by normalised repository. */
  readonly changes: ReadonlyMap<string, string>;
  /** Repositories by project. */
  readonly names: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** What the manifests are to say, by the records of builds. */
export function wantedReferences(records: readonly PublishedRecord[], form: ReferenceForm): WantedReferences {
  const changes = new Map<string, string>();
  const problems: Problem[] = [];
  for (const record of records) {
    const { reference, reason, fix } = { fix: '', ...wantedReference(record, form) };
    const repository = repositoryOf(record.image) ?? record.image;
    const other = changes.get(repository);
    if (reference === undefined) problems.push(notWritable(reason, fix));
    else if (other !== undefined && other !== reference)
      problems.push(twoRecords(repository, other, reference));
    else changes.set(repository, reference);
  }
  return { changes, names: new Map(records.map(({ project, image }) => [project, image])), problems };
}

function notWritable(reason: string, fix: string): Problem {
  return { code: 'REFERENCE_MISSING', severity: 'error', message: reason, fix };
}

function twoRecords(repository: string, one: string, other: string): Problem {
  return {
    code: 'REFERENCE_INVALID',
    severity: 'error',
    message: `two records name ${repository} differently: ${one} and ${other}`,
    fix: 'give the records of one build alone',
  };
}
