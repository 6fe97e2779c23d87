/** What was written by hand between two marks, by the region's name: lines as they stand in the file. */
export type Regions = ReadonlyMap<string, readonly string[]>;

const mark = '# moltbook-docker:';

/** The marks around what survives when the file is generated again. */
export function region(name: string): string[] {
  return [`${mark} begin ${name}`, `${mark} end ${name}`];
}

/** Reads what stands between the marks of a generated file. A region without an end is none. */
export function readRegions(text: string): Regions {
  const regions = new Map<string, readonly string[]>();
  const lines = text.split(/\r?\n/);
  for (const [start, line] of lines.entries()) {
    const name = nameIn(line, 'begin');
    if (name === undefined) continue;
    const end = lines.findIndex((other, index) => index > start && nameIn(other, 'end') === name);
    if (end >= 0) regions.set(name, lines.slice(start + 1, end));
  }
  return regions;
}

/** Puts what was written by hand between the marks of a text. A new wave starts with what the first one has. */
export function fillRegions(text: string, regions: Regions): string {
  const lines = text.split('\n').flatMap((line) => {
    const name = nameIn(line, 'begin');
    return name === undefined ? [line] : [line, ...(regions.get(name) ?? regions.get(firstOf(name)) ?? [])];
  });
  return lines.join('\n');
}

function firstOf(name: string): string {
  return name.replace(/^build_\d+/, 'build_0');
}

function nameIn(line: string, word: 'begin' | 'end'): string | undefined {
  const start = `${mark} ${word} `;
  const text = line.trim();
  return text.startsWith(start) ? text.slice(start.length).trim() : undefined;
}
