import type { Problem } from '../errors.js';
import { inputFields, inputLines } from './input-fields.js';
import { type Failure, isFailure, malformed } from './tag-problem.js';

/** What all tags have in common. */
export interface Flavor {
  readonly latest: 'auto' | 'true' | 'false';
  readonly prefix: string;
  /** True if `latest` gets the prefix too. */
  readonly prefixLatest: boolean;
  readonly suffix: string;
  readonly suffixLatest: boolean;
}

const plainFlavor: Flavor = {
  latest: 'auto',
  prefix: '',
  prefixLatest: false,
  suffix: '',
  suffixLatest: false,
};

/** Parses lines such as `latest=false` and `suffix=-alpine,onlatest=true`; a later one wins. */
export function parseFlavor(inputs: readonly string[]): { flavor: Flavor; problems: Problem[] } {
  let flavor = plainFlavor;
  const problems: Problem[] = [];
  for (const line of inputLines(inputs)) {
    const result = addLine(line, flavor);
    if (isFailure(result)) problems.push(malformed('flavor', line, result));
    else flavor = result;
  }
  return { flavor, problems };
}

function addLine(line: string, flavor: Flavor): Flavor | Failure {
  const fields = inputFields(line);
  if (isFailure(fields)) return fields;
  let result = flavor;
  let affix: string | undefined;
  for (const { key, value } of fields) {
    const change = key === 'onlatest' ? onLatest(affix, value) : changeOf(key, value);
    if (isFailure(change)) return change;
    if (key !== 'onlatest') affix = key;
    result = { ...result, ...change };
  }
  return result;
}

function changeOf(key: string | undefined, value: string): Partial<Flavor> | Failure {
  if (key === 'prefix' || key === 'suffix') return { [key]: value };
  if (key !== 'latest')
    return {
      failure: `${key ?? value} has no meaning in it`,
      fix: 'use latest=…, prefix=… or suffix=…, the last two with ,onlatest=true if latest gets it too',
    };
  if (value === 'auto' || value === 'true' || value === 'false') return { latest: value };
  return { failure: `latest is ${value}`, fix: 'set latest to auto, true or false' };
}

function onLatest(affix: string | undefined, value: string): Partial<Flavor> | Failure {
  if (value !== 'true' && value !== 'false')
    return { failure: `onlatest is ${value}`, fix: 'set onlatest to true or false' };
  if (affix === 'prefix') return { prefixLatest: value === 'true' };
  if (affix === 'suffix') return { suffixLatest: value === 'true' };
  return { failure: 'onlatest has nothing before it', fix: 'write it after prefix=… or suffix=…' };
}
