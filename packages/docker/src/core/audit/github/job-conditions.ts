import type { YamlEntry } from '../yaml/yaml-value.js';

/** The conditions of a job and of those that it needs: where one of them is skipped, so is the job. */
export function jobConditions(
  job: YamlEntry,
  jobs: readonly YamlEntry[],
  seen: readonly string[] = [],
): string[] {
  const condition = job.value.get('if').text;
  const own = condition === undefined ? [] : [condition];
  if (/\b(?:always|cancelled|failure)\s*\(/.test(condition ?? '')) return own;
  const needs = job.value.get('needs');
  const names = needs.text === undefined ? needs.items().flatMap(({ text }) => text ?? []) : [needs.text];
  const before = jobs.filter(({ key }) => names.includes(key) && !seen.includes(key));
  return [...own, ...before.flatMap((each) => jobConditions(each, jobs, [...seen, job.key]))];
}
