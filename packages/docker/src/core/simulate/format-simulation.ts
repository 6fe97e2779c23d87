import type { Plan } from '../plan/plan.js';
import { formatCount, formatTable } from '../report/format-table.js';
import { plainText, type Terminal, tableWidth, wrapText } from '../report/terminal.js';
import type { Permissions } from './job-permissions.js';
import type { SimulatedInstance, SimulatedJob } from './simulate-workflow.js';
import type { SimulatedEvent, SimulationReport } from './simulation-report.js';

/** Formats a simulation for a terminal: what happened, the jobs that run, and those that do not and why. */
export function formatSimulation(report: SimulationReport, terminal: Terminal = plainText): string {
  const { event, workflow, triggered, because, jobs, plan } = report;
  const lines = [terminal.paint('bold', describeEvent(event))];
  if (!triggered) return [...lines, `${workflow} does not run: ${because}`, ''].join('\n');
  const running = jobs.filter(({ state }) => state === 'runs');
  const others = jobs.filter(({ state }) => state !== 'runs');
  lines.push(`${workflow} runs: ${because}`);
  if (plan) lines.push(...describePlan(plan, terminal));
  if (plan?.publish && !report.askedRegistry)
    lines.push('  The registry was not asked: what changed stands for what it lacks. --registry asks it.');
  lines.push('', terminal.paint('bold', 'These jobs run'));
  lines.push(
    ...formatTable(
      running.flatMap((job) => jobRows(job, plan)),
      { columns, indent: 2, terminal },
    ),
  );
  if (others.length > 0)
    lines.push('', terminal.paint('bold', 'These do not'), ...others.flatMap((job) => whyNot(job, terminal)));
  return [...lines, ''].join('\n');
}

const columns = [{}, { cut: 'middle' }, {}, { cut: 'middle' }] as const;

function describeEvent({ kind, ref, sha, base, fromFork }: SimulatedEvent): string {
  const commit = sha.slice(0, 7);
  const name = ref.replace(/^refs\/(?:heads|tags)\//, '');
  const after = base === null ? '' : ` after ${base.slice(0, 7)}`;
  switch (kind) {
    case 'push':
      return `A push of ${commit}${after} to ${name}`;
    case 'tag':
      return `A push of the tag ${name} at ${commit}`;
    case 'dispatch':
      return `A run by hand on ${name} at ${commit}`;
    case 'merge-group':
      return `A merge queue that tries ${commit}${after}`;
    default:
      return `A pull request ${fromFork ? 'out of a fork ' : ''}with ${commit}${base === null ? '' : ` onto ${base.slice(0, 7)}`}`;
  }
}

function describePlan({ scope, images, unchanged, publish }: Plan, terminal: Terminal): string[] {
  const count = `${formatCount(images.length, 'image')} to build, ${unchanged.length} unchanged`;
  const rows = images.map(({ project, reason }) => [project, reason]);
  return [
    `Plan: ${count}, ${publish ? 'published' : 'nothing published'}; ${scope}`,
    ...formatTable(rows, { columns: [{}, { cut: 'middle', style: 'dim' }], indent: 2, terminal }),
  ];
}

function jobRows({ id, instances, permissions }: SimulatedJob, plan: Plan | null): string[][] {
  const [only, ...others] = instances;
  const access = formatPermissions(permissions);
  if (only && others.length === 0 && only.row === undefined)
    return [[id, only.runner.join(', '), access, turnOf(only)]];
  const rows = instances.map(({ name, runner, row }) => [
    `  ${name}`,
    runner.join(', '),
    '',
    imagesOf(row?.id, plan),
  ]);
  return [[id, formatCount(instances.length, 'job'), access, ''], ...rows];
}

function turnOf({ concurrency }: SimulatedInstance): string {
  return concurrency === undefined ? '' : 'one at a time';
}

function formatPermissions(permissions: Permissions): string {
  const entries = Object.entries(permissions).map(([scope, access]) => `${scope}: ${access}`);
  return entries.length === 0 ? 'no permission' : entries.join(', ');
}

function imagesOf(jobId: unknown, plan: Plan | null): string {
  const job = plan?.waves.flat().find(({ id }) => id === jobId);
  const names =
    job?.images.map((image) => plan?.images.find(({ id }) => id === image)?.project ?? image) ?? [];
  return names.join(', ');
}

function whyNot({ id, state, because }: SimulatedJob, terminal: Terminal): string[] {
  const text = state === 'fails' ? `fails: ${because}` : because;
  const lines = wrapText(text, tableWidth(terminal) - 6);
  return [
    `  ${terminal.paint(state === 'fails' ? 'red' : 'dim', id)}`,
    ...lines.map((line) => `      ${line}`),
  ];
}
