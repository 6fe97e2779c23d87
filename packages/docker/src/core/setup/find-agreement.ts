interface Said {
  readonly value: unknown;
  readonly source: string;
}

export interface Agreement<T> {
  /** One of each group whose values are all the same, with all that say so. */
  readonly agreed: readonly { readonly claim: T; readonly sources: readonly string[] }[];
  /** The groups whose values differ. */
  readonly differing: readonly (readonly T[])[];
}

/** Splits what is said about the same thing into what is said by all alike and what is not. */
export function findAgreement<T extends Said>(
  claims: readonly T[],
  keyOf: (claim: T) => string,
): Agreement<T> {
  const all = [...groupsOf(claims, keyOf).values()];
  const isAgreed = (group: readonly T[]) =>
    new Set(group.map(({ value }) => JSON.stringify(value))).size === 1;
  return {
    agreed: all.filter(isAgreed).flatMap((group) => {
      const [claim] = group;
      return claim ? [{ claim, sources: sourcesOf(group) }] : [];
    }),
    differing: all.filter((group) => !isAgreed(group)),
  };
}

function groupsOf<T>(claims: readonly T[], keyOf: (claim: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const claim of claims) groups.set(keyOf(claim), [...(groups.get(keyOf(claim)) ?? []), claim]);
  return groups;
}

/** `"prod" in a.yml:3 and b.yml:4, and "dev" in c.yml:5` */
export function listSources<T extends Said>(group: readonly T[], show: (claim: T) => string): string {
  const byValue = [...groupsOf(group, show)];
  return byValue.map(([value, said]) => `${value} in ${joinWords(sourcesOf(said))}`).join(', and ');
}

function sourcesOf(group: readonly Said[]): string[] {
  return [...new Set(group.map(({ source }) => source))];
}

/** `a`, `a and b`, `a, b and c`; of many only the first. */
export function joinWords(words: readonly string[]): string {
  const shown = words.length > 4 ? [...words.slice(0, 3), `${words.length - 3} more`] : [...words];
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
