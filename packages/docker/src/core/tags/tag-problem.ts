import type { Problem } from '../errors.js';

export interface Failure {
  /** Why, as the end of a sentence: `there is no type foo`. */
  readonly failure: string;
  readonly fix: string;
}

export function isFailure(result: object): result is Failure {
  return 'failure' in result;
}

/** What is said of an entry that cannot be read: `the tag rule "type=foo" is malformed: …`. */
export function malformed(what: string, entry: string, { failure, fix }: Failure): Problem {
  return {
    code: 'TAG_RULE_INVALID',
    severity: 'error',
    message: `the ${what} ${JSON.stringify(entry)} cannot be used: ${failure}`,
    fix,
  };
}

/** A tag that is left out or changed; the publish goes on without it. */
export function unusable(message: string, fix: string): Problem {
  return { code: 'TAG_UNUSABLE', severity: 'warning', message, fix };
}
