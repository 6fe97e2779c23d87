import { parseBaseLabels } from './base-labels.js';

/** The external bases that an image says it was built from, as a record has them: `node:20` by its digest. */
export function recordedBases(labels: Readonly<Record<string, string>>): Record<string, string> {
  const bases = [...parseBaseLabels(labels)];
  return Object.fromEntries(bases.map(([reference, digest]) => [reference, `${reference}@${digest}`]));
}
