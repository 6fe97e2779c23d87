import { unknownPart } from './known-parts.js';
import { compileList } from './match-list.js';
import type { WorkflowBuild } from './workflow-build.js';

/**
 * A build of a Dockerfile whose path is known but for some parts, such as `services/…/Dockerfile`, is taken to build those
 * that it fits and that a filter of the workflow covers: a list that names a Dockerfile is there to build it.
 *
 * @param files All files of the repository.
 */
export function expandPartly(build: WorkflowBuild, files: readonly string[]): WorkflowBuild[] {
  const { partly, ...rest } = build;
  if (!partly || build.lists.length === 0) return [build];
  const expression = compileParts(partly.dockerfile);
  const lists = build.lists.map(compileList);
  const found = files.flatMap((dockerfile) => {
    const values = expression.exec(dockerfile)?.slice(1);
    if (!values || !lists.some(({ passes }) => passes(dockerfile))) return [];
    const context = fillParts(partly.context, values);
    return [
      { ...rest, dockerfile, ...(context !== undefined && { context }), row: `… = ${values.join(', ')}` },
    ];
  });
  return found.length > 0 ? found : [build];
}

function compileParts(text: string): RegExp {
  const literals = text.split(unknownPart).map((part) => part.replace(/[.*+?^$()|[\]{}\\]/g, '\\$&'));
  return new RegExp(`^${literals.join('([^/]+)')}$`, 'su');
}

/** The same values in the same order; `undefined` where there are not as many. */
function fillParts(text: string, values: readonly string[]): string | undefined {
  const parts = text.split(unknownPart);
  if (parts.length - 1 > values.length || /^\uE000+$/.test(text)) return undefined;
  return parts.reduce((filled, part, index) => `${filled}${values[index - 1] ?? ''}${part}`);
}
