import { plainText, type Terminal } from '../../report/terminal.js';
import type { MendedFile } from './mend-workflows.js';

const context = 3;

/** Formats the changes of a file as a unified diff that `git apply` takes. */
export function formatDiff({ file, before, after }: MendedFile, { paint }: Terminal = plainText): string {
  const rows = compareLines(splitLines(before), splitLines(after));
  const changed = rows.flatMap(({ mark }, index) => (mark === ' ' ? [] : [index]));
  const hunks = groupNear(changed).map(([first, last]) => {
    const from = Math.max(0, first - context);
    const shown = rows.slice(from, last + context + 1);
    const lines = (marks: string, list = shown) => list.filter(({ mark }) => marks.includes(mark)).length;
    const oldStart = lines(' -', rows.slice(0, from)) + 1;
    const newStart = lines(' +', rows.slice(0, from)) + 1;
    const head = `@@ -${oldStart},${lines(' -')} +${newStart},${lines(' +')} @@`;
    return [paint('dim', head), ...shown.map(({ mark, line }) => paintLine(mark, line, paint))].join('\n');
  });
  return [paint('bold', `--- a/${file}`), paint('bold', `+++ b/${file}`), ...hunks, ''].join('\n');
}

interface Row {
  readonly mark: ' ' | '-' | '+';
  readonly line: string;
}

function paintLine(mark: Row['mark'], line: string, paint: Terminal['paint']): string {
  const text = `${mark}${line.replace(/\n$/, '')}`;
  const painted = mark === ' ' ? text : paint(mark === '-' ? 'red' : 'green', text);
  return line.endsWith('\n') ? painted : `${painted}\n\\ No newline at end of file`;
}

/** Each with its line break. */
function splitLines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

/** By the longest common subsequence, between what is the same at both ends. */
function compareLines(old: readonly string[], now: readonly string[]): Row[] {
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const same = (line: string): Row => ({ mark: ' ', line });
  const middle = compareMiddle(old.slice(start, old.length - end), now.slice(start, now.length - end));
  return [...old.slice(0, start).map(same), ...middle, ...old.slice(old.length - end).map(same)];
}

function compareMiddle(old: readonly string[], now: readonly string[]): Row[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row) row[j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const rows: Row[] = [];
  for (let i = 0, j = 0; i < old.length || j < now.length; ) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      rows.push({ mark: ' ', line: old[i] ?? '' });
      i += 1;
      j += 1;
    } else if (i < old.length && (j >= now.length || at(i + 1, j) >= at(i, j + 1))) {
      rows.push({ mark: '-', line: old[i] ?? '' });
      i += 1;
    } else {
      rows.push({ mark: '+', line: now[j] ?? '' });
      j += 1;
    }
  }
  return rows;
}

/** Changes whose surroundings touch stand in one hunk: first and last row of each. */
function groupNear(changed: readonly number[]): [number, number][] {
  const groups: [number, number][] = [];
  for (const index of changed) {
    const last = groups.at(-1);
    if (last && index - last[1] <= 2 * context) last[1] = index;
    else groups.push([index, index]);
  }
  return groups;
}
