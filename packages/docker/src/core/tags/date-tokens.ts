export interface DateFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly dayOfYear: number;
  /** Of local time from UTC, in minutes. */
  readonly offset: number;
  readonly zone: string;
  readonly unix: number;
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const dayLength = 86_400_000;

/** What each token of Moment stands for, in English. */
export const dateTokens: Readonly<Record<string, (fields: DateFields) => string>> = {
  YYYY: ({ year }) => pad(year, 4),
  YY: ({ year }) => pad(year % 100, 2),
  Y: ({ year }) => String(year),
  GGGG: (fields) => pad(isoWeek(fields).year, 4),
  GG: (fields) => pad(isoWeek(fields).year % 100, 2),
  gggg: (fields) => pad(usWeek(fields).year, 4),
  gg: (fields) => pad(usWeek(fields).year % 100, 2),
  Q: ({ month }) => String(Math.ceil(month / 3)),
  Qo: ({ month }) => ordinal(Math.ceil(month / 3)),
  MMMM: ({ month }) => months[month - 1] ?? '',
  MMM: ({ month }) => (months[month - 1] ?? '').slice(0, 3),
  MM: ({ month }) => pad(month, 2),
  Mo: ({ month }) => ordinal(month),
  M: ({ month }) => String(month),
  DDDD: ({ dayOfYear }) => pad(dayOfYear, 3),
  DDDo: ({ dayOfYear }) => ordinal(dayOfYear),
  DDD: ({ dayOfYear }) => String(dayOfYear),
  DD: ({ day }) => pad(day, 2),
  Do: ({ day }) => ordinal(day),
  D: ({ day }) => String(day),
  dddd: ({ weekday }) => weekdays[weekday] ?? '',
  ddd: ({ weekday }) => (weekdays[weekday] ?? '').slice(0, 3),
  dd: ({ weekday }) => (weekdays[weekday] ?? '').slice(0, 2),
  do: ({ weekday }) => ordinal(weekday),
  d: ({ weekday }) => String(weekday),
  e: ({ weekday }) => String(weekday),
  E: ({ weekday }) => String(weekday || 7),
  WW: (fields) => pad(isoWeek(fields).week, 2),
  Wo: (fields) => ordinal(isoWeek(fields).week),
  W: (fields) => String(isoWeek(fields).week),
  ww: (fields) => pad(usWeek(fields).week, 2),
  wo: (fields) => ordinal(usWeek(fields).week),
  w: (fields) => String(usWeek(fields).week),
  HH: ({ hour }) => pad(hour, 2),
  H: ({ hour }) => String(hour),
  hh: ({ hour }) => pad(hour % 12 || 12, 2),
  h: ({ hour }) => String(hour % 12 || 12),
  kk: ({ hour }) => pad(hour || 24, 2),
  k: ({ hour }) => String(hour || 24),
  A: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  a: ({ hour }) => (hour < 12 ? 'am' : 'pm'),
  mm: ({ minute }) => pad(minute, 2),
  m: ({ minute }) => String(minute),
  ss: ({ second }) => pad(second, 2),
  s: ({ second }) => String(second),
  ZZ: ({ offset }) => formatOffset(offset, ''),
  Z: ({ offset }) => formatOffset(offset, ':'),
  zz: ({ zone }) => zone,
  z: ({ zone }) => zone,
  X: ({ unix }) => String(Math.floor(unix / 1000)),
  x: ({ unix }) => String(unix),
};

export const dateToken =
  /\[([^[\]]*)\]|\\(.)|YYYY|YY|Y|GGGG|GG|gggg|gg|Qo|Q|MMMM|MMM|MM|Mo|M|DDDD|DDDo|DDD|DD|Do|D|dddd|ddd|dd|do|d|e|E|WW|Wo|W|ww|wo|w|HH|H|hh|h|kk|k|A|a|mm|m|ss|s|S{1,9}|ZZ|Z|zz|z|X|x/g;

/** Weeks from Monday; the first one has January 4th. */
function isoWeek(fields: DateFields): { year: number; week: number } {
  return weekOf(fields, (fields.weekday + 6) % 7, 3);
}

/** Weeks from Sunday; the first one has January 1st. */
function usWeek(fields: DateFields): { year: number; week: number } {
  return weekOf(fields, fields.weekday, 6);
}

/** A week belongs to the year of its day number `anchor`, counted from 0. */
function weekOf({ year, month, day }: DateFields, dayOfWeek: number, anchor: number) {
  const anchorDay = new Date(Date.UTC(year, month - 1, day - dayOfWeek + anchor));
  const start = Date.UTC(anchorDay.getUTCFullYear(), 0, 1);
  const days = (anchorDay.getTime() - start) / dayLength;
  return { year: anchorDay.getUTCFullYear(), week: 1 + Math.floor(days / 7) };
}

function ordinal(value: number): string {
  const ending = ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th';
  return `${value}${Math.floor((value % 100) / 10) === 1 ? 'th' : ending}`;
}

function formatOffset(minutes: number, separator: string): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60), 2)}${separator}${pad(size % 60, 2)}`;
}

export function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
