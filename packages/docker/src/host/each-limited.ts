/** Calls a function for all values, a few at a time; the results have the order of the values. */
export async function eachLimited<T, R>(
  values: readonly T[],
  call: (value: T) => Promise<R>,
  most = 8,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  async function work(): Promise<void> {
    for (let index = next++; index < values.length; index = next++)
      results[index] = await call(values[index] as T);
  }
  await Promise.all(Array.from({ length: Math.min(most, values.length) }, work));
  return results;
}
