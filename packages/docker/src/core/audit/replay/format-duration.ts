const units = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

/** Formats seconds in the largest unit that fits: `6 d`, `90 min`, `0`. */
export function formatDuration(seconds: number): string {
  const [size, unit] = units.find(([each]) => seconds >= 2 * each) ?? [1, 's'];
  return seconds <= 0 ? '0' : `${Math.round(seconds / size)} ${unit}`;
}
