import { isDeepStrictEqual } from 'node:util';
import { type ComputedTags, computeTags } from '../../src/core/tags/compute-tags.js';
import { tagFacts } from '../../src/core/tags/tag-facts.js';

interface TagsCase {
  readonly event: {
    readonly eventName: string;
    readonly ref: string;
    readonly sha: string;
    readonly repository: string;
    readonly payload: Readonly<Record<string, unknown>>;
  };
  /** The ref after metadata-action's own correction. */
  readonly resolvedRef: string;
  readonly env: Readonly<Record<string, string>>;
  readonly now: string;
  readonly commitDate: string;
  /** What GitHub's API says of the repository. */
  readonly repo: {
    readonly name: string;
    readonly description: string;
    readonly html_url: string;
    readonly license: string;
    readonly default_branch: string;
  };
  readonly images: readonly string[];
  readonly tags: readonly string[];
  readonly flavor: readonly string[];
  readonly labels: readonly string[];
  readonly annotations: readonly string[];
  readonly expectedVersion: { readonly main: string | null };
  readonly expectedTags: readonly string[];
  readonly expectedLabels: readonly string[];
  readonly expectedAnnotations?: readonly string[];
  readonly sepTags?: string;
  readonly expectedTagsJoined?: string;
}

/** Compares tags, version, labels and annotations with metadata-action's; returns the first difference. */
export function check(testCase: TagsCase): string | undefined {
  const { images, tags, flavor, labels, annotations, resolvedRef } = testCase;
  const facts = readFacts(testCase);
  const now = new Date(testCase.now);
  const result = computeTags({ images, tags, flavor, labels, annotations, facts, now });
  const expected = expectedTags(testCase, result);
  return (
    compare('ref', facts.ref, resolvedRef) ??
    compare('tags', result.tags, expected) ??
    compare('joined', result.tags.join(testCase.sepTags), joined(testCase, expected)) ??
    compare('version', result.version, testCase.expectedVersion.main ?? '') ??
    compare('labels', result.labels, testCase.expectedLabels) ??
    compare('annotations', result.annotations, testCase.expectedAnnotations ?? result.annotations) ??
    compare(
      'errors',
      result.problems.filter(({ severity }) => severity === 'error'),
      [],
    )
  );
}

function readFacts({ event, env, repo, commitDate }: TagsCase) {
  const { name, description, html_url, license } = repo;
  const repository = {
    default_branch: repo.default_branch,
    ...(event.payload.repository as object | undefined),
    ...{ name, description, html_url, license: { spdx_id: license } },
  };
  return tagFacts({
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: event.eventName,
      GITHUB_REF: event.ref,
      GITHUB_SHA: event.sha,
      GITHUB_REPOSITORY: event.repository,
      ...env,
    },
    payload: { ...event.payload, repository },
    git: { commitDate },
  });
}

/**
 * Where a variable is empty, metadata-action writes the rest of the tag: `-bcae089` or `mytag-tag-`. Here such a rule
 * gives none, so those are taken out of its answer; each must be one that lacks its beginning or its end, and
 * there must be as many as rules that were reported for it.
 */
function expectedTags({ expectedTags }: TagsCase, { tags, problems }: ComputedTags): readonly string[] {
  const reported = problems.filter(({ message }) =>
    / gives no tag: [\w and]+ (?:is|are) empty /.test(message),
  );
  const missing = expectedTags.filter((tag) => !tags.includes(tag));
  const names = new Set(missing.map((tag) => tag.slice(tag.lastIndexOf(':') + 1)));
  const areIncomplete = [...names].every((name) => /^[-.]|-$/.test(name));
  if (!areIncomplete || names.size !== reported.length) return expectedTags;
  return expectedTags.filter((tag) => !missing.includes(tag));
}

function joined({ sepTags, expectedTagsJoined }: TagsCase, expected: readonly string[]): string {
  return expectedTagsJoined ?? expected.join(sepTags);
}

function compare(part: string, actual: unknown, expected: unknown): string | undefined {
  if (isDeepStrictEqual(actual, expected)) return undefined;
  return `${part}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`;
}
