import { formatDate } from './format-date.js';

const date = new Date('2026-01-05T23:04:09.078Z');

it.each([
  ['YYYYMMDD-HHmmss', 'UTC', '20260105-230409'],
  ['YYYYMMDD-HHmmss', 'Asia/Tokyo', '20260106-080409'],
  ['YYYY-MM-DDTHH:mm:ss.SSS[Z]', 'UTC', '2026-01-05T23:04:09.078Z'],
  ['YYYY-MM-DDTHH:mm:ssZ', 'America/New_York', '2026-01-05T18:04:09-05:00'],
  ['ZZ Z', 'Asia/Kolkata', '+0530 +05:30'],
  ['z', 'UTC', 'UTC'],
  ['YY Y M MM MMM MMMM Mo', 'UTC', '26 2026 1 01 Jan January 1st'],
  ['D DD Do DDD DDDD DDDo', 'UTC', '5 05 5th 5 005 5th'],
  ['d dd ddd dddd do e E', 'UTC', '1 Mo Mon Monday 1st 1 1'],
  ['GGGG-[W]WW-E', 'UTC', '2026-W02-1'],
  ['w ww wo W Wo gg GG', 'UTC', '2 02 2nd 2 2nd 26 26'],
  ['H HH h hh k kk A a', 'UTC', '23 23 11 11 23 23 PM pm'],
  ['m mm s ss S SS SSS SSSSSS', 'UTC', '4 04 9 09 0 07 078 078000'],
  ['X x Q Qo', 'UTC', '1767654249 1767654249078 1 1st'],
  ['[YYYY] \\Y [a]b', 'UTC', 'YYYY Y ab'],
  [undefined, 'UTC', '2026-01-05T23:04:09Z'],
  [undefined, 'Asia/Tokyo', '2026-01-06T08:04:09+09:00'],
])('formats %s in %s as %s', (format, zone, expected) => {
  expect(formatDate(date, zone, format)).toBe(expected);
});

it.each([
  ['2026-07-14T12:00:00Z', 'Europe/Berlin', 'HH Z', '14 +02:00'],
  ['2026-01-14T00:30:00Z', 'UTC', 'k h A', '24 12 AM'],
  ['2021-01-03T12:00:00Z', 'UTC', 'GGGG-WW gggg-ww', '2020-53 2021-02'],
  ['2020-12-31T12:00:00Z', 'UTC', 'GGGG-WW gggg-ww DDD', '2020-53 2021-01 366'],
  ['2026-02-11T12:00:00Z', 'UTC', 'Do', '11th'],
  ['2026-02-22T12:00:00Z', 'UTC', 'Do', '22nd'],
])('formats %s in %s by %s as %s', (text, zone, format, expected) => {
  expect(formatDate(new Date(text), zone, format)).toBe(expected);
});

it('refuses a zone that is none', () => {
  expect(() => formatDate(date, 'Mars/Olympus', 'YYYY')).toThrow(RangeError);
});
