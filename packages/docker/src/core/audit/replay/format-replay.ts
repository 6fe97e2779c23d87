import { formatCount, formatTable } from '../../report/format-table.js';
import { plainText, type Terminal } from '../../report/terminal.js';
import { formatDuration } from './format-duration.js';
import type { ImageReplay, MissedBuild } from './replay.js';
import type { HistoryReplay } from './replay-report.js';

/** Formats a replayed history for a terminal: a row for each image, then the builds that were missed. */
export function formatReplay({ commits, images }: HistoryReplay, terminal: Terminal = plainText): string {
  if (commits.length === 0) return 'There is no commit to replay.\n';
  const columns = [{}, ...Array.from({ length: 7 }, () => ({ align: 'right' as const }))];
  const head = ['image', 'changed', 'built', 'missed', 'wasted', 'stale', 'Nx missed', 'Nx wasted'];
  const [title = '', ...rows] = formatTable([head, ...images.map(row)], { columns, terminal });
  const missed = images.flatMap(({ id, filters }) => (filters?.missed ?? []).map((miss) => ({ id, miss })));
  const shown = missed.sort((a, b) => b.miss.seconds - a.miss.seconds).slice(0, mostShown);
  return [
    terminal.paint('bold', `Replay of ${formatCount(commits.length, 'commit')}`),
    '',
    terminal.paint('dim', title),
    ...rows,
    '',
    ...shown.map(({ id, miss }) => missLine(id, miss, terminal)),
    ...(missed.length > shown.length ? [`… and ${missed.length - shown.length} more, see --json`] : []),
    '',
  ].join('\n');
}

const mostShown = 20;

function row({ id, changes, filters, projects }: ImageReplay): string[] {
  return [
    id,
    `${changes}`,
    filters ? `${filters.builds}` : 'no workflow',
    filters ? `${filters.missed.length}` : '',
    filters ? `${filters.wasted.length}` : '',
    filters ? formatDuration(filters.stale) : '',
    `${projects.missed.length}`,
    `${projects.wasted.length}`,
  ];
}

function missLine(id: string, { commit, reason, healed, seconds }: MissedBuild, { paint }: Terminal): string {
  const end = healed === undefined ? 'still stale' : `stale for ${formatDuration(seconds)}`;
  return `${paint('red', 'missed')} ${id} at ${commit.slice(0, 12)}: ${clean(reason)}; ${end}`;
}

/** Names of files can hold anything. */
function clean(text: string): string {
  return text.replace(/\p{Cc}/gu, '\uFFFD');
}
