import { type DateFields, dateToken, dateTokens, pad } from './date-tokens.js';

const dayLength = 86_400_000;

/**
 * Formats a moment in a time zone by the tokens of Moment (https://momentjs.com/docs/#/displaying/format/):
 * `YYYYMMDD-HHmmss`, text in `[` and `]` as it is. Without a format it is ISO 8601 to the second.
 *
 * @param zone A name of the tz database, such as `Asia/Tokyo`.
 * @throws RangeError for an unknown zone or a date that is none.
 */
export function formatDate(date: Date, zone: string, format?: string): string {
  const fields = readFields(date, zone);
  const pattern = format ?? `YYYY-MM-DD[T]HH:mm:ss${zone === 'UTC' ? '[Z]' : 'Z'}`;
  return pattern.replace(dateToken, (match, literal?: string, escaped?: string) => {
    if (literal !== undefined || escaped !== undefined) return literal ?? escaped ?? '';
    if (match.startsWith('S')) return pad(fields.millisecond, 3).padEnd(9, '0').slice(0, match.length);
    return dateTokens[match]?.(fields) ?? match;
  });
}

function readFields(date: Date, zone: string): DateFields {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    timeZoneName: 'short',
  });
  const parts = new Map(format.formatToParts(date).map(({ type, value }) => [type, value]));
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const [year, month, day] = [number('year'), number('month'), number('day')];
  const [hour, minute, second] = [number('hour'), number('minute'), number('second')];
  const midnight = Date.UTC(year, month - 1, day);
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  return {
    ...{ year, month, day, hour, minute, second },
    millisecond: date.getUTCMilliseconds(),
    weekday: new Date(midnight).getUTCDay(),
    dayOfYear: 1 + (midnight - Date.UTC(year, 0, 1)) / dayLength,
    offset: Math.round((local - Math.floor(date.getTime() / 1000) * 1000) / 60_000),
    zone: parts.get('timeZoneName') ?? '',
    unix: date.getTime(),
  };
}
