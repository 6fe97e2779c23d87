import { formatCount, formatTable } from '../report/format-table.js';
import { plainText, type Terminal } from '../report/terminal.js';
import { labelOf, plainName } from './job-names.js';
import type { Plan } from './plan.js';

/** A plan as text for people: how the images were chosen, the images with their reasons, and the counts. */
export function formatPlan(plan: Plan, terminal: Terminal = plainText): string {
  const rows = planRows(plan).map(({ wave, name, platforms, reason }) => [wave, name, platforms, reason]);
  const header = ['WAVE', 'IMAGE', 'PLATFORMS', 'WHY'];
  const table = formatTable(rows.length > 0 ? [header, ...rows] : [], {
    columns: [{}, {}, {}, { cut: 'middle' }],
    terminal,
  });
  return [
    `${sentence(plan.scope)}`,
    ...(table.length > 0 ? ['', ...table] : []),
    '',
    `${counts(plan)}\n`,
  ].join('\n');
}

/** Rows of a page, which GitHub cuts off at one megabyte. */
const mostRows = 300;

/** A plan as Markdown, for the page of a CI run. Names and reasons stay text, whatever stands in them. */
export function formatPlanSummary(plan: Plan): string {
  const rows = planRows(plan);
  const shown = rows.slice(0, mostRows);
  const left = rows.length - shown.length;
  return [
    '### Images to build',
    '',
    escapeMarkdown(sentence(plan.scope)),
    '',
    ...(shown.length > 0 ? ['| wave | image | platforms | why |', '| ---: | --- | --- | --- |'] : []),
    ...shown.map(
      ({ wave, name, platforms, reason }) =>
        `| ${wave} | ${escapeMarkdown(name)} | ${escapeMarkdown(platforms)} | ${escapeMarkdown(reason)} |`,
    ),
    ...(left > 0 ? ['', `and ${formatCount(left, 'image')} more`] : []),
    ...(shown.length > 0 ? [''] : []),
    counts(plan),
    '',
  ].join('\n');
}

interface PlanRow {
  readonly wave: string;
  readonly name: string;
  readonly platforms: string;
  readonly reason: string;
}

function planRows(plan: Plan): PlanRow[] {
  const waves = new Map(
    plan.waves.flatMap((wave, index) =>
      wave.flatMap(({ images }) => images.map((id) => [id, index] as const)),
    ),
  );
  return plan.images.map(({ id, platforms, reason }) => ({
    wave: `${waves.get(id) ?? ''}`,
    name: plainName(labelOf(id)) || plainName(id),
    platforms: platforms.map(plainName).join(', ') || 'its own',
    reason,
  }));
}

function counts({ images, waves, unchanged }: Plan): string {
  const jobs = waves.flat().length;
  const left = `${formatCount(unchanged.length, 'image')} unchanged`;
  if (images.length === 0) return `Nothing to build, ${left}`;
  return `${formatCount(images.length, 'image')} to build in ${formatCount(jobs, 'job')} and ${formatCount(waves.length, 'wave')}, ${left}`;
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Takes every character that Markdown or HTML could read for itself. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/[!-/:-@[-`{-~]/g, (character) => {
    const isPlain = /[./,:()'=-]/.test(character);
    return isPlain ? character : `&#${character.codePointAt(0)};`;
  });
}
