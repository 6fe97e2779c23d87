/** A condition of a workflow: of `if` in GitHub Actions, or of `rules:if` in GitLab. */
export type Condition =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'regexp'; readonly source: string; readonly flags: string }
  /** `needs.plan.outputs.api`, or `$CI_COMMIT_BRANCH` in one part. */
  | { readonly kind: 'name'; readonly parts: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Condition[] }
  | { readonly kind: 'not'; readonly operand: Condition }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Condition;
      readonly right: Condition;
    }
  /** What stands for nothing that could be known, such as an index that is computed. */
  | { readonly kind: 'unknown' };

type Token = { readonly kind: 'name' | 'text' | 'number' | 'regexp' | 'sign'; readonly text: string };

const tokenPattern =
  /\s*(?:(?<name>\$?[A-Za-z_][\w-]*)|(?<text>'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")|(?<number>-?(?:0x[\da-fA-F]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?))|(?<regexp>(?<=[=!]~\s*)\/(?:[^/\\]|\\.)+\/[a-z]*)|(?<sign>&&|\|\||[=!<>]=|[=!]~|[<>!().,[\]*]))/gsuy;

/**
 * Parses a condition; `undefined` where it is none. Both languages are read by one grammar, since neither has a form
 * that means something else in the other but for how a quote is written within quotes.
 */
export function parseCondition(text: string): Condition | undefined {
  const tokens = tokenize(text);
  if (!tokens) return undefined;
  const reader = { tokens, at: 0 };
  const condition = readBinary(reader, 0);
  return condition && reader.at === tokens.length ? condition : undefined;
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  const source = text.trimEnd();
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < source.length) {
    const match = tokenPattern.exec(source);
    if (!match?.groups) return undefined;
    const [kind, token] = Object.entries(match.groups).find(([, value]) => value !== undefined) ?? [];
    tokens.push({ kind: kind as Token['kind'], text: token ?? '' });
  }
  return tokens;
}

const levels = [['||'], ['&&'], ['==', '!=', '=~', '!~'], ['<', '<=', '>', '>=']];

function readBinary(reader: Reader, level: number): Condition | undefined {
  const operators = levels[level];
  if (!operators) return readUnary(reader);
  let left = readBinary(reader, level + 1);
  while (left && isSign(reader, ...operators)) {
    const operator = next(reader);
    const right = readBinary(reader, level + 1);
    if (!right) return undefined;
    left = { kind: 'binary', operator, left, right };
  }
  return left;
}

function readUnary(reader: Reader): Condition | undefined {
  if (!isSign(reader, '!')) return readOperand(reader);
  next(reader);
  const operand = readUnary(reader);
  return operand && { kind: 'not', operand };
}

function readOperand(reader: Reader): Condition | undefined {
  const token = reader.tokens[reader.at];
  if (!token) return undefined;
  reader.at += 1;
  if (token.kind === 'text') return { kind: 'value', value: unquote(token.text) };
  if (token.kind === 'number') return { kind: 'value', value: Number(token.text) };
  if (token.kind === 'regexp') return toRegexp(token.text);
  if (token.kind === 'name') return readName(reader, token.text);
  if (token.text !== '(') return undefined;
  const group = readBinary(reader, 0);
  return group && take(reader, ')') ? readIndexes(reader, group) : undefined;
}

const constants: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

function readName(reader: Reader, name: string): Condition | undefined {
  if (Object.hasOwn(constants, name.toLowerCase()))
    return { kind: 'value', value: constants[name.toLowerCase()] ?? null };
  if (!take(reader, '(')) return readIndexes(reader, { kind: 'name', parts: [name] });
  const args: Condition[] = [];
  while (!take(reader, ')')) {
    if (args.length > 0 && !take(reader, ',')) return undefined;
    const arg = readBinary(reader, 0);
    if (!arg) return undefined;
    args.push(arg);
  }
  return readIndexes(reader, { kind: 'call', name: name.toLowerCase(), args });
}

/** `.name`, `['name']`, `.*` and `[0]` behind an operand. */
function readIndexes(reader: Reader, start: Condition): Condition | undefined {
  let operand = start;
  for (;;) {
    if (take(reader, '.')) {
      const token = reader.tokens[reader.at];
      if (!token || !(token.kind === 'name' || token.text === '*')) return undefined;
      reader.at += 1;
      operand = below(operand, token.text === '*' ? undefined : token.text);
    } else if (take(reader, '[')) {
      const index = readBinary(reader, 0);
      if (!index || !take(reader, ']')) return undefined;
      operand = below(operand, index.kind === 'value' ? String(index.value) : undefined);
    } else return operand;
  }
}

function below(operand: Condition, part: string | undefined): Condition {
  if (operand.kind !== 'name' || part === undefined) return { kind: 'unknown' };
  return { kind: 'name', parts: [...operand.parts, part] };
}

function isSign({ tokens, at }: Reader, ...signs: readonly string[]): boolean {
  const token = tokens[at];
  return token?.kind === 'sign' && signs.includes(token.text);
}

function next(reader: Reader): string {
  reader.at += 1;
  return reader.tokens[reader.at - 1]?.text ?? '';
}

function take(reader: Reader, sign: string): boolean {
  if (!isSign(reader, sign)) return false;
  reader.at += 1;
  return true;
}

function unquote(text: string): string {
  const content = text.slice(1, -1);
  return text.startsWith("'") ? content.replaceAll("''", "'") : content.replace(/\\(["\\])/g, '$1');
}

function toRegexp(text: string): Condition {
  const end = text.lastIndexOf('/');
  return { kind: 'regexp', source: text.slice(1, end), flags: text.slice(end + 1) };
}
