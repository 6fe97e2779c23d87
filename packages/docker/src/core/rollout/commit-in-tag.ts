/** The start of the id of a commit that a tag ends with: `main-bcae089`, `sha-<40>`; nothing for any other tag. */
export function commitInTag(tag: string): string | undefined {
  return /(?:^|[-_.])([0-9a-f]{7,40})$/.exec(tag)?.[1];
}

/** The commits that marks among some tags say were published: `sha-<40>`. */
export function publishedCommits(tags: readonly string[]): string[] {
  return tags.flatMap((tag) => /^sha-([0-9a-f]{40}(?:[0-9a-f]{24})?)$/.exec(tag)?.[1] ?? []);
}
