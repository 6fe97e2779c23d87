import { formatProblem } from '../core/errors.js';
import { formatPublished, type PublishedRow } from '../core/report/format-published.js';
import { addSummary, annotate } from '../host/ci-output.js';
import type { NamedImage } from './collect-images.js';
import type { PublishedPlan } from './publish.js';

/** Shows what was published where the CI shows such things, and returns it as text: one line for each image. */
export function reportPublished({ images, signed, warnings }: PublishedPlan): string {
  for (const problem of warnings) annotate('warning', formatProblem(problem));
  for (const { planned, refusals } of images)
    for (const { tag, reason } of refusals)
      annotate('notice', `${planned.image}:${tag} stays where it is: ${reason}`);
  addSummary(`### Published images\n\n${formatPublished(images.map(rowOf))}`);
  return [
    ...signed.map((reference) => `${reference} is signed\n`),
    ...images.map(({ planned, manifest, tags }) => `${planned.image}@${manifest.digest} ${tags.join(' ')}\n`),
  ].join('');
}

function rowOf({ planned, manifest, tags, records }: NamedImage): PublishedRow {
  const duration = Math.max(...records.map((record) => record.duration));
  const row = { id: planned.id, reason: planned.reason, tags, digest: manifest.digest };
  return { ...row, duration: records.length > 0 ? duration : undefined };
}
