/** Values that no log and no output may hold. */
export interface Masks {
  add(value: string): void;
  hide(text: string): string;
}

export function createMasks(values: readonly string[]): Masks {
  const masked = new Set(values.filter((value) => value !== ''));
  return {
    add: (value) => {
      if (value !== '') masked.add(value);
    },
    hide: (text) => [...masked].reduce((hidden, value) => hidden.replaceAll(value, '***'), text),
  };
}
