/**
 * The fields of one line of CSV, `undefined` if it is malformed: a field in double quotes may have commas and
 * doubled quotes in it, any other has no quotes.
 */
export function splitCsv(line: string): string[] | undefined {
  if (line === '') return undefined;
  const fields: string[] = [];
  let position = 0;
  for (;;) {
    const end = line[position] === '"' ? endOfQuoted(line, position) : endOfPlain(line, position);
    if (end === undefined || (end < line.length && line[end] !== ',')) return undefined;
    const field = line.slice(position, end);
    fields.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === line.length) return fields;
    position = end + 1;
  }
}

function endOfQuoted(line: string, start: number): number | undefined {
  for (let quote = line.indexOf('"', start + 1); quote >= 0; quote = line.indexOf('"', quote + 2)) {
    if (line[quote + 1] !== '"') return quote + 1;
  }
  return undefined;
}

function endOfPlain(line: string, start: number): number | undefined {
  const comma = line.indexOf(',', start);
  const end = comma < 0 ? line.length : comma;
  return line.slice(start, end).includes('"') ? undefined : end;
}
