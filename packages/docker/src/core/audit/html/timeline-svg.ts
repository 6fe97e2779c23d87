import type { HistoryReplay } from '../replay/replay-report.js';
import { type Html, html } from './html.js';

/** What a letter of a timeline means; `class` is its colour in the page. */
export const marks: Readonly<Record<string, { readonly class: string; readonly text: string }>> = {
  b: { class: 'built', text: 'built' },
  m: { class: 'missed', text: 'missed' },
  s: { class: 'stale', text: 'still stale' },
  w: { class: 'wasted', text: 'built for nothing' },
};

const width = 960;
const height = 22;
const mostDetails = 1500;

/**
 * Draws a timeline as one row of bars, the oldest commit left. Neighbours that are alike are one bar, so that a long
 * history stays a small page.
 */
export function timelineSvg(timeline: string, { commits }: HistoryReplay): Html {
  const step = width / Math.max(1, timeline.length);
  const isDetailed = timeline.length <= mostDetails;
  const bars = [...timeline.matchAll(/m|b|w|s+|\.+| +/g)].flatMap(({ 0: run, index }) => {
    const mark = marks[run[0] ?? ''];
    if (!mark) return [];
    const commit = commits[index];
    const title = `${mark.text}: ${commit?.commit.slice(0, 12)} ${commit?.subject}`;
    const size = { x: round(index * step), width: round(Math.max(1.5, run.length * step)) };
    return [
      html`<rect class="${mark.class}" x="${size.x}" width="${size.width}" height="${height}">${
        isDetailed ? html`<title>${title}</title>` : html``
      }</rect>`,
    ];
  });
  const label = [...new Set(timeline)].flatMap((letter) => marks[letter]?.text ?? []).join(', ');
  return html`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${
    label || 'nothing to build'
  }">${bars}</svg>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
