import { computeTags } from '../../tags/compute-tags.js';
import type { AuditFinding } from '../audit-finding.js';
import type { MetadataStep, PlacedText } from '../workflow-build.js';
import { lineFor, runsFor, type TagEvent, tagEvents } from './pushed-tags.js';

/**
 * Finds rules of docker/metadata-action that give an invalid tag on some event: `prefix={{branch}}-` is `-` where there
 * is no branch, and no tag can begin with that, so that the build fails.
 */
export function findInvalidTags(steps: readonly MetadataStep[]): AuditFinding[] {
  return steps.flatMap((step) => {
    const events = tagEvents.filter((event) => runsFor(step, event));
    return step.tags.flatMap((line) => {
      const failing = events.filter((event) => isInvalid(line, { step, event }));
      return failing.length > 0 ? [toFinding(line, failing)] : [];
    });
  });
}

function isInvalid({ text }: PlacedText, { step, event }: { step: MetadataStep; event: TagEvent }): boolean {
  const line = lineFor(text, event);
  const flavor = step.flavor.map((each) => lineFor(each, event));
  if (![line, ...flavor].some((each) => /(?:^|,)\s*(?:prefix|value)=\{\{\s*\w+\s*\}\}[-.]/.test(each)))
    return false;
  const { problems } = computeTags({
    images: [],
    tags: [line],
    flavor,
    facts: event.facts,
    now: new Date(0),
  });
  return problems.some(({ code, message }) => code === 'TAG_UNUSABLE' && /\bempty\b/.test(message));
}

function toFinding({ text, place }: PlacedText, events: readonly TagEvent[]): AuditFinding {
  return {
    rule: 'tag-invalid',
    severity: 'warning',
    place,
    message: `for ${events.map(({ name }) => name).join(' and ')}, ${text} gives a tag that begins with - or ., which is invalid and fails the build`,
    fix: 'add enable= with the events that it is meant for, or take a prefix that is never empty',
  };
}
