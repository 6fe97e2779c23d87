import { isMap, isNode, parseDocument, type YAMLMap } from 'yaml';

/**
 * Sets one value in the text of a JSON file and leaves every other byte as it is. JSON is YAML, whose parser says where
 * each value stands.
 *
 * @param path Keys and list indexes; what is missing on the way is made. What stands there is replaced.
 * @returns `undefined` where the text is no JSON, as with comments, or something on the way is no object or list.
 */
export function setJsonValue(
  text: string,
  path: readonly (string | number)[],
  value: unknown,
): string | undefined {
  if (!isJson(text)) return undefined;
  const document = parseDocument(text, { uniqueKeys: false });
  const depth = path.findIndex((_, index) => !document.hasIn(path.slice(0, index + 1)));
  const known = depth < 0 ? path : path.slice(0, depth);
  const node: unknown = known.length === 0 ? document.contents : document.getIn(known, true);
  if (!isNode(node) || !node.range) return undefined;
  const [start, end] = node.range;
  const space = indentationAt(text, start);
  if (depth < 0) return splice(text, start, end, print(value, space));
  const key = path[depth];
  if (!isMap(node) || typeof key !== 'string') return undefined;
  const nested = path.slice(depth + 1).reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
  return insert(text, node, `${JSON.stringify(key)}: ${print(nested, `${space}  `)}`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Behind the last entry, on a line of its own. */
function insert(text: string, map: YAMLMap, entry: string): string | undefined {
  const [start, end] = map.range ?? [0, 0];
  const space = indentationAt(text, start);
  const last = map.items.at(-1)?.value;
  if (!isNode(last) || !last.range) return splice(text, start, end, `{\n${space}  ${entry}\n${space}}`);
  const at = last.range[1];
  return `${text.slice(0, at)},\n${space}  ${entry}${text.slice(at, end - 1).trimEnd()}\n${space}${text.slice(end - 1)}`;
}

function print(value: unknown, space: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${space}`);
}

/** The white space that the line of a position begins with. */
function indentationAt(text: string, position: number): string {
  const line = text.slice(text.lastIndexOf('\n', position - 1) + 1);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function splice(text: string, start: number, end: number, part: string): string {
  return text.slice(0, start) + part + text.slice(end);
}
