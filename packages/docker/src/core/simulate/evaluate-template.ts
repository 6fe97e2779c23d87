import { evaluateExpression, evaluateToText, type Scope } from './evaluate-expression.js';

/** A piece of a text with expressions. */
export interface TemplatePiece {
  readonly kind: 'text' | 'expression';
  /** Of an expression: what stands between `${{` and `}}`. */
  readonly text: string;
}

/** Replaces each `${{ }}` of a text by its value. */
export function evaluateTemplate(text: string, scope: Scope): string {
  return templatePieces(text)
    .map((piece) => (piece.kind === 'text' ? piece.text : evaluateToText(piece.text, scope)))
    .join('');
}

/**
 * Evaluates the texts of a YAML value at every depth. A text that is one expression and nothing else becomes its
 * value, which may be a list or an object.
 */
export function evaluateValue(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') {
    const [first, ...others] = templatePieces(value);
    return first?.kind === 'expression' && others.length === 0
      ? evaluateExpression(first.text, scope)
      : evaluateTemplate(value, scope);
  }
  if (Array.isArray(value)) return value.map((item) => evaluateValue(item, scope));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [evaluateTemplate(key, scope), evaluateValue(item, scope)]),
  );
}

/** Splits a text at its expressions. Braces in a quoted text of an expression do not end it. */
export function templatePieces(text: string): TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let rest = text;
  while (rest !== '') {
    const start = rest.indexOf('${{');
    const length = start === -1 ? -1 : expressionLength(rest.slice(start + 3));
    if (length === -1) return [...pieces, { kind: 'text', text: rest }];
    if (start > 0) pieces.push({ kind: 'text', text: rest.slice(0, start) });
    pieces.push({ kind: 'expression', text: rest.slice(start + 3, start + 3 + length).trim() });
    rest = rest.slice(start + 3 + length + 2);
  }
  return pieces;
}

function expressionLength(text: string): number {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "'") quoted = !quoted;
    else if (!quoted && text.startsWith('}}', i)) return i;
  }
  return -1;
}
