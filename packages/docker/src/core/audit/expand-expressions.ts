import { type ConditionValue, evaluateValue } from './expression/evaluate-condition.js';
import { unknownPart } from './known-parts.js';

/** Puts the values of `${{ }}` into a text; what is not known becomes {@link unknownPart}. */
export function expandExpressions(
  text: string,
  lookUp: (parts: readonly string[]) => ConditionValue,
): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => {
    const value = evaluateValue(expression, { lookUp, language: 'github' });
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : valueText(value);
  });
}

function valueText(value: ConditionValue): string {
  if (value === undefined) return unknownPart;
  return value === null ? '' : String(value);
}
