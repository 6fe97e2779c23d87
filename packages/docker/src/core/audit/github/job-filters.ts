import type { FilterStep } from '../filtered-workflow.js';
import type { PathList } from '../path-list.js';
import type { YamlEntry, YamlFile } from '../yaml/yaml-value.js';
import { type DornyStep, readDornyStep } from './dorny-steps.js';

/** The filters of dorny/paths-filter that conditions of jobs can use. */
export interface JobFilters {
  readonly steps: readonly (FilterStep & { readonly lists: readonly PathList[] })[];
  /** Names of all filters of a step by the name of an output that lists those that match. */
  readonly listed: Readonly<Record<string, readonly string[]>>;
}

/**
 * Finds all filters of a workflow, and what their outputs are called in conditions: `steps.<id>.outputs.<filter>` in
 * the same job, `needs.<job>.outputs.<output>` in others.
 */
export function readJobFilters(
  jobs: readonly YamlEntry[],
  given: { source: YamlFile; readText: (path: string) => string | undefined },
): JobFilters {
  const steps = jobs.flatMap((job) =>
    job.value
      .get('steps')
      .items()
      .flatMap((step) => readDornyStep(step, given) ?? [])
      .map((dorny) => ({ filters: dorny.filters, lists: dorny.lists, outputs: outputNames(job, dorny) })),
  );
  const listed = steps.flatMap(({ filters, outputs }) =>
    Object.entries(outputs)
      .filter(([, output]) => output === 'changes')
      .map(([name]) => [name, filters.map((filter) => filter.name)] as const),
  );
  return { steps, listed: Object.fromEntries(listed) };
}

/** The lists of the filters that some conditions ask for. */
export function filtersIn(conditions: readonly string[], { steps }: JobFilters): PathList[] {
  return steps.flatMap(({ filters, lists, outputs }) =>
    lists.filter((_, index) => {
      const filter = filters[index]?.name ?? '';
      return Object.entries(outputs).some(
        ([name, output]) =>
          (output === filter && conditions.some((text) => mentions(text, name))) ||
          (output === 'changes' &&
            conditions.some((text) => mentions(text, name) && text.includes(`'${filter}'`))),
      );
    }),
  );
}

function outputNames(job: YamlEntry, { id, filters }: DornyStep): Record<string, string> {
  const inJob = [...filters.map(({ name }) => name), 'changes'].map(
    (name) => [`steps.${id}.outputs.${name}`, name] as const,
  );
  const known = new Map<string, string>(inJob);
  const outside = job.value
    .get('outputs')
    .entries()
    .flatMap(({ key, value }) => {
      const source = /^\s*\$\{\{\s*(.+?)\s*\}\}\s*$/s.exec(value.text ?? '')?.[1] ?? '';
      const output = known.get(source.replace(/\[\s*'([^']*)'\s*\]/g, '.$1'));
      return output === undefined ? [] : [[`needs.${job.key}.outputs.${key}`, output] as const];
    });
  return Object.fromEntries([...inJob, ...outside]);
}

/** `a.outputs.b` also as `a.outputs['b']`. */
function mentions(condition: string, name: string): boolean {
  const text = condition.replace(/\[\s*'([^']*)'\s*\]/g, '.$1');
  const at = text.indexOf(name);
  return at >= 0 && !/[\w-]/.test(text.charAt(at + name.length));
}
