import type { LabelSelector } from './kube-objects.js';

/**
 * The text of a selector as `kubectl --selector` takes it: `app=api,tier in (a,b),!old`.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels
 */
export function formatSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const equal = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  return [...equal, ...matchExpressions.flatMap(formatExpression)].join(',');
}

function formatExpression({
  key = '',
  operator,
  values = [],
}: NonNullable<LabelSelector['matchExpressions']>[number]): string[] {
  if (operator === 'In') return [`${key} in (${values.join(',')})`];
  if (operator === 'NotIn') return [`${key} notin (${values.join(',')})`];
  if (operator === 'Exists') return [key];
  return operator === 'DoesNotExist' ? [`!${key}`] : [];
}
