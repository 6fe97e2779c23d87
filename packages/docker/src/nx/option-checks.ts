/** Says what a value must be, where it is something else. */
export type Check = (value: unknown) => string | undefined;

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? undefined : 'a text that is not empty';
}

export function flag(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : 'true or false';
}

export function oneOf(...names: readonly string[]): Check {
  return (value) => (names.some((name) => name === value) ? undefined : `one of ${names.join(', ')}`);
}

/** @param expected Stands after "must be". */
export function matching(pattern: RegExp, expected: string): Check {
  return (value) => (typeof value === 'string' && pattern.test(value) ? undefined : expected);
}

export function integerBetween(least: number, most: number): Check {
  return (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `a whole number from ${least} to ${most}`;
}

export function listOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return 'a list';
    const expected = value.map(check).find((answer) => answer !== undefined);
    return expected && `a list in which each entry is ${expected}`;
  };
}

export function recordOf(check: Check): Check {
  return (value) => {
    if (!isRecord(value)) return 'an object';
    const wrong = Object.entries(value).find(([, entry]) => check(entry) !== undefined);
    return wrong && `an object in which ${JSON.stringify(wrong[0])} is ${check(wrong[1])}`;
  };
}

/** An object with these keys and no others; any of them may be missing. */
export function objectOf(checks: Readonly<Record<string, Check>>): Check {
  return (value) => {
    if (!isRecord(value)) return 'an object';
    for (const [name, entry] of Object.entries(value)) {
      const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
      if (!check)
        return `an object whose keys are ${Object.keys(checks).join(', ')} (not ${JSON.stringify(name)})`;
      const expected = check(entry);
      if (expected) return `an object in which ${name} is ${expected}`;
    }
    return undefined;
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
