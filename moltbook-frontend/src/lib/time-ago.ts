const units = [
  { name: 'year', seconds: 31_536_000 },
  { name: 'month', seconds: 2_592_000 },
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3_600 },
  { name: 'minute', seconds: 60 },
] as const;

const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `3 hours ago`; `just now` below a minute, and for a clock that runs ahead. */
export function timeAgo(iso: string, now: Date): string {
  const age = (now.getTime() - Date.parse(iso)) / 1_000;
  const unit = units.find(({ seconds }) => age >= seconds);
  return unit ? format.format(-Math.floor(age / unit.seconds), unit.name) : 'just now';
}
