import type { Problem } from '../errors.js';
import { parseImageRef } from '../image/parse-image-ref.js';
import { type InputField, inputFields, inputLines } from './input-fields.js';
import { type Failure, isFailure, malformed } from './tag-problem.js';

/** A repository that gets the tags; `name` is as it was written. */
export interface ImageEntry {
  readonly name: string;
  readonly enable: boolean;
}

/** Parses lines such as `ghcr.io/acme/api`, `name=ghcr.io/acme/api,enable=false`, or several names by commas. */
export function parseImageEntries(inputs: readonly string[]): { entries: ImageEntry[]; problems: Problem[] } {
  const entries: ImageEntry[] = [];
  const problems: Problem[] = [];
  for (const line of inputLines(inputs)) {
    const result = entriesOf(line);
    if (isFailure(result)) problems.push(malformed('image', line, result));
    else entries.push(...result);
  }
  return {
    entries: entries.filter((entry) => nameProblem(entry).length === 0),
    problems: [...problems, ...entries.flatMap(nameProblem)],
  };
}

function entriesOf(line: string): ImageEntry[] | Failure {
  const fields = inputFields(line);
  if (isFailure(fields)) return fields;
  if (fields.every(({ key }) => key === undefined))
    return fields.map(({ value }) => ({ name: value, enable: true }));
  return oneEntry(fields);
}

function oneEntry(fields: readonly InputField[]): ImageEntry[] | Failure {
  const names = fields.filter(({ key }) => key === undefined || key === 'name');
  const unknown = fields.find(({ key }) => key !== undefined && key !== 'name' && key !== 'enable');
  if (unknown) return { failure: `${unknown.key} has no meaning in it`, fix: 'use only name and enable' };
  const name = names[0]?.value ?? '';
  if (names.length !== 1 || name === '')
    return { failure: 'it does not have one name', fix: 'write name=<repository> once' };
  const enable = fields.findLast(({ key }) => key === 'enable')?.value ?? 'true';
  if (enable !== 'true' && enable !== 'false')
    return { failure: `enable is ${enable}`, fix: 'set enable to true or false' };
  return [{ name, enable: enable === 'true' }];
}

function nameProblem({ name }: ImageEntry): Problem[] {
  const { ref, reason = 'it has a tag or a digest' } = parseImageRef(name.toLowerCase());
  if (ref && ref.tag === undefined && ref.digest === undefined) return [];
  return [malformed('image', name, { failure: reason, fix: 'write registry and repository, without a tag' })];
}
