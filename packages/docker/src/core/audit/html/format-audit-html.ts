import { formatCount } from '../../report/format-table.js';
import type { AuditReport, BuildReport, FindingReport } from '../audit-report.js';
import { countFindings } from '../format-audit.js';
import { formatDuration } from '../replay/format-duration.js';
import type { ImageReplay } from '../replay/replay.js';
import type { HistoryReplay } from '../replay/replay-report.js';
import { type Html, html } from './html.js';
import { pageStyle } from './page-style.js';
import { marks, timelineSvg } from './timeline-svg.js';

export interface AuditPage {
  /** The name of the repository. */
  readonly title: string;
  readonly report: AuditReport;
  /** Where a history was replayed. */
  readonly replay?: HistoryReplay;
}

/** Formats an audit as one page that needs no other file, so that it can be sent and kept. */
export function formatAuditHtml({ title, report, replay }: AuditPage): string {
  const builds = report.workflows.flatMap((workflow) => workflow.builds);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Image builds of ${title}</title>
<style>${{ html: pageStyle }}</style>
</head>
<body>
<main>
<h1>Image builds of ${title}</h1>
<p class="soft">${countFindings(report)}.</p>
${replay ? replaySection(replay) : html``}
<h2>What builds which image</h2>
${builds.length > 0 ? buildTable(builds) : html`<p>No workflow builds an image.</p>`}
<h2>Findings</h2>
${report.findings.length > 0 ? report.findings.map(findingCard) : html`<p>Nothing was found.</p>`}
</main>
</body>
</html>
`;
  return page.html;
}

function replaySection(replay: HistoryReplay): Html {
  const { commits, images } = replay;
  const filtered = images.flatMap(({ filters }) => (filters ? [filters] : []));
  const missed = filtered.reduce((sum, { missed: list }) => sum + list.length, 0);
  const wasted = filtered.reduce((sum, { wasted: list }) => sum + list.length, 0);
  const longest = Math.max(0, ...filtered.flatMap(({ missed: list }) => list.map(({ seconds }) => seconds)));
  const [first, last] = [commits[0], commits.at(-1)];
  return html`<p class="soft">${formatCount(commits.length, 'commit')} replayed${
    first && last ? html`, ${dateOf(first.time)} to ${dateOf(last.time)}` : html``
  }.</p>
<div class="tiles">
${tile(missed, 'builds missed', missed > 0)}
${tile(wasted, 'builds for nothing', false)}
${tile(formatDuration(longest), 'longest time stale', longest > 0)}
${tile(
  images.reduce((sum, { changes }) => sum + changes, 0),
  'changes of images',
  false,
)}
</div>
<h2>History</h2>
<ul class="legend">${Object.values(marks).map(
    (mark) => html`<li><i class="${mark.class}"></i>${mark.text}</li>`,
  )}</ul>
<div class="timeline">${images.map(
    ({ id, filters }) =>
      html`<span class="name mono">${id}</span>${
        filters
          ? timelineSvg(filters.timeline, replay)
          : html`<span class="soft">no workflow builds it</span>`
      }`,
  )}</div>
<h2>Per image</h2>
${replayTable(images)}
${missedTable(images)}`;
}

function tile(value: string | number, text: string, isBad: boolean): Html {
  return html`<div class="tile${isBad ? ' bad' : ''}"><b>${value}</b>${text}</div>`;
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function replayTable(images: readonly ImageReplay[]): Html {
  return html`<div class="scroll"><table>
<tr><th>image</th>${['changed', 'built', 'missed', 'wasted', 'stale', 'Nx missed', 'Nx wasted'].map(
    (name) => html`<th class="number">${name}</th>`,
  )}</tr>
${images.map(({ id, changes, filters, projects }) => {
  const own = filters
    ? [filters.builds, filters.missed.length, filters.wasted.length, formatDuration(filters.stale)]
    : ['', '', '', ''];
  const cells = [changes, ...own, projects.missed.length, projects.wasted.length];
  return html`<tr><td class="mono">${id}</td>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>`;
})}
</table></div>
<p class="soft">“Nx” selects projects by the files in their folders, and knows no Dockerfile.</p>`;
}

const mostMissed = 200;

function missedTable(images: readonly ImageReplay[]): Html {
  const missed = images
    .flatMap(({ id, filters }) => (filters?.missed ?? []).map((miss) => ({ id, ...miss })))
    .sort((a, b) => b.seconds - a.seconds);
  if (missed.length === 0) return html``;
  return html`<h2>Missed builds</h2>
<div class="scroll"><table>
<tr><th>commit</th><th>image</th><th>what changed</th><th>why no build ran</th><th class="number">stale for</th></tr>
${missed
  .slice(0, mostMissed)
  .map(
    ({ id, commit, subject, reason, because, healed, seconds }) =>
      html`<tr><td><code>${commit.slice(0, 12)}</code><br><span class="soft">${subject}</span></td><td class="mono">${id}</td><td>${reason}</td><td>${because}</td><td class="number">${formatDuration(seconds)}${healed === undefined ? ', and still' : ''}</td></tr>`,
  )}
</table></div>
${missed.length > mostMissed ? html`<p class="soft">… and ${missed.length - mostMissed} more.</p>` : html``}`;
}

function buildTable(builds: readonly BuildReport[]): Html {
  return html`<div class="scroll"><table>
<tr><th>image</th><th>built by</th><th>filter</th><th class="number">inputs</th><th class="number">missed</th></tr>
${builds.map(
  ({ image, place, how, row, filters, inputs, missed }) =>
    html`<tr><td class="mono">${image ?? 'unknown'}</td><td class="mono">${place} <span class="soft">${how}${row === null ? '' : ` (${row})`}</span></td><td>${filters.join(', ') || 'no filter'}</td><td class="number">${image === null ? '' : inputs}</td><td class="number">${image === null || filters.length === 0 ? '' : missed}</td></tr>`,
)}
</table></div>`;
}

function findingCard({ severity, rule, file, line, column, message, fix }: FindingReport): Html {
  return html`<div class="finding ${severity}"><p><code>${file}:${line}:${column}</code> <span class="soft">${severity}, ${rule}</span></p><p>${message}</p><p><b>Fix:</b> ${fix}</p></div>
`;
}
