import type { Place } from '../errors.js';

/** Every rule of the audit, with its meaning in one line; `docs/audit.md` is checked against it. */
export const auditRules = {
  'input-missed': 'A build input is covered by no pattern: a change of it builds nothing.',
  'base-missed': 'An input of an image that this one is built from is covered by no pattern.',
  'filter-invalid': 'The CI refuses the filter, or it lets nothing pass.',
  'workflow-unreadable': 'The workflow is no valid YAML.',
  'bump-unpushed': 'A tag is written into a manifest under which nothing is pushed.',
  'tag-invalid': 'On some event a tag would be invalid, which fails the whole build.',
  'action-compromised': 'An action is used that was taken over once.',
  'pattern-dead': 'A pattern matches no file of the repository.',
  'pattern-order': 'A pattern has no effect because of those before or after it.',
  'pattern-negated': 'In dorny/paths-filter, a pattern with ! matches all other files.',
  'pattern-superfluous': 'A pattern matches only files that no image reads.',
  'pattern-wide': 'A pattern matches files that no image reads beside those that some do.',
  'cache-shared': 'Builds of several images write the same cache, so that the last one wins.',
  'check-deadlock': 'A required check of a workflow that does not run stays pending for ever.',
  'file-limit': 'A large change can pass the filter unseen.',
  'bump-all': 'A command writes one tag over those of all images.',
  'made-unchecked': 'An image copies what git does not have, so that the filter could not be checked for it.',
  'build-unknown': 'It cannot be told what a step builds.',
} as const;

export type AuditRule = keyof typeof auditRules;

/** Something that the audit found. */
export interface AuditFinding {
  readonly rule: AuditRule;
  readonly severity: 'error' | 'warning' | 'note';
  readonly place: Place;
  /** One sentence without a final stop. */
  readonly message: string;
  /** An order that can be followed. */
  readonly fix: string;
  /** The image that it is about: `api:docker-build`. */
  readonly image?: string;
  /** Build inputs that it is about, with the instructions that read them. */
  readonly files?: readonly { readonly path: string; readonly because: readonly string[] }[];
  /** Patterns that mend it. */
  readonly patterns?: readonly string[];
}
