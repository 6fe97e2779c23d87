import { formatProblem } from '../src/core/errors.js';
import type { ContextRead, Evaluation } from '../src/core/image/evaluation.js';

/** An evaluation as text for goldens, one fact a line. */
export function formatEvaluation(evaluation: Evaluation): string {
  const { reads, contextPaths, images, git, http, targetStage, reachableStages, declaredArgs } = evaluation;
  const lines = [
    `target ${targetStage}, needs ${reachableStages.join(' ')}`.trimEnd(),
    `args ${declaredArgs.join(' ')}`.trimEnd(),
    `context ${contextPaths.join(' ')}`.trimEnd(),
    ...Object.entries(evaluation.namedContextPaths).map(
      ([key, paths]) => `context ${key}: ${paths.join(' ')}`,
    ),
    ...reads.map(formatRead),
    ...images.map(({ imageRef, how, platform, place }) =>
      [`${place.line}:${place.column}`, 'image', imageRef, `(${how})`, ...(platform ? [platform] : [])].join(
        ' ',
      ),
    ),
    ...[...git, ...http].map(({ url, pinned, place }) =>
      [`${place.line}:${place.column}`, 'remote', url, ...(pinned ? ['(pinned)'] : [])].join(' '),
    ),
    ...evaluation.problems.map(formatProblem),
  ];
  return `${lines.join('\n')}\n`;
}

function formatRead({ kind, path, match, pivot, exclude, context, place, widened }: ContextRead): string {
  const words = [`${place.line}:${place.column}`, kind, path, `(${match})`];
  if (pivot !== undefined) words.push(`pivot ${pivot}`);
  if (exclude.length > 0) words.push(`without ${exclude.join(' ')}`);
  if (context !== undefined) words.push(`of ${context}`);
  if (widened !== undefined) words.push(`wider: ${widened}`);
  return words.join(' ');
}
