import type { Fault } from '../dockerfile/instruction-flags.js';
import { type MountField, parseMountFields } from '../dockerfile/mount-fields.js';
import { suggestName } from '../dockerfile/suggest-name.js';
import { reportError } from './evaluation-state.js';
import { type ExpandedArgument, expandArgument } from './expand-argument.js';
import type { Command } from './stage-node.js';
import type { StageRun } from './stage-run.js';

export type MountType = 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';

export interface Mount {
  readonly type: MountType;
  readonly from: string;
  readonly source: ExpandedArgument;
  readonly target: ExpandedArgument;
}

interface Fields {
  readonly values: Map<string, ExpandedArgument>;
  type: MountType;
}

const types: readonly MountType[] = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
const nothing: ExpandedArgument = { text: '', unset: [], uncertain: [] };

/** The names of https://docs.docker.com/reference/dockerfile/#run---mount, and what they are short for. */
const keys: Readonly<Record<string, string>> = {
  type: 'type',
  from: 'from',
  source: 'source',
  src: 'source',
  target: 'target',
  dst: 'target',
  destination: 'target',
  readonly: 'readonly',
  ro: 'readonly',
  readwrite: 'readonly',
  rw: 'readonly',
  required: 'required',
  size: 'size',
  id: 'id',
  sharing: 'sharing',
  mode: 'mode',
  uid: 'uid',
  gid: 'gid',
  env: 'env',
};

/** Reads one --mount with its variables expanded; reports what BuildKit refuses. */
export function readMount(run: StageRun, command: Command, text: string): Mount | undefined {
  const fields: Fields = { values: new Map(), type: 'bind' };
  for (const field of parseMountFields(text) ?? []) {
    const fault = readField(run, command, { field, fields });
    if (!fault) continue;
    if (fault !== 'reported') reportError(run.state, command.range, { word: field.text, ...fault });
    return undefined;
  }
  const fault = checkFields(fields);
  if (fault) reportError(run.state, command.range, { word: text, ...fault });
  const { values, type } = fields;
  const from = values.get('from')?.text ?? '';
  return { type, from, source: values.get('source') ?? nothing, target: values.get('target') ?? nothing };
}

function readField(
  run: StageRun,
  command: Command,
  { field, fields }: { field: MountField; fields: Fields },
): Fault | 'reported' | undefined {
  const key = Object.hasOwn(keys, field.key) ? keys[field.key] : undefined;
  if (key === undefined) return unknownKey(field);
  if (field.value === undefined) return checkBareField(field, fields);
  const value = expandArgument(run, command, field.value);
  if (!value) return 'reported';
  fields.values.set(key, value);
  return value.certainty ? undefined : checkField(field, value.text, fields);
}

function unknownKey({ key, text, value }: MountField): Fault {
  if (value === undefined)
    return { message: `invalid field ${JSON.stringify(text)} of a mount`, fix: 'write key=value' };
  const similar = suggestName(key, Object.keys(keys));
  const fix = similar ? `write ${similar}=${value}` : `remove ${text}`;
  return { message: `unexpected key ${JSON.stringify(key)} in a mount`, fix };
}

function checkBareField({ key, text }: MountField, { type }: Fields): Fault | undefined {
  if (keys[key] === 'readonly') return undefined;
  if (key === 'required') return checkRequired(type);
  return { message: `invalid field ${JSON.stringify(text)} of a mount`, fix: `write ${key}=<value>` };
}

function checkRequired(type: MountType): Fault | undefined {
  if (type === 'secret' || type === 'ssh') return undefined;
  return { message: `unexpected key "required" for a mount of type ${type}`, fix: 'remove required' };
}

/** Fields are read from left to right, so that `type` has to stand before those that depend on it. */
function checkField({ key, text }: MountField, value: string, fields: Fields): Fault | undefined {
  const invalid = { message: `invalid value of ${text} in a mount`, fix: `give ${key} another value` };
  switch (keys[key]) {
    case 'type': {
      const type = types.find((candidate) => candidate === value.toLowerCase());
      if (!type)
        return { message: `unsupported mount type ${value}`, fix: `write type=${types.join(' or type=')}` };
      fields.type = type;
      return undefined;
    }
    case 'readonly':
      return isBoolean(value) ? undefined : invalid;
    case 'required':
      return checkRequired(fields.type) ?? (isBoolean(value) ? undefined : invalid);
    case 'size':
      if (fields.type !== 'tmpfs') {
        return { message: `unexpected key "size" for a mount of type ${fields.type}`, fix: 'remove size' };
      }
      return /^\d+(?:\.\d+)? ?(?:[kmgtp]?i?b?)$/i.test(value) ? undefined : invalid;
    case 'sharing':
      return /^(?:shared|private|locked)$/i.test(value) ? undefined : invalid;
    case 'mode':
      return /^[0-7]+$/.test(value) ? undefined : invalid;
    case 'uid':
    case 'gid':
      return /^\d+$/.test(value) ? undefined : invalid;
    default:
      return undefined;
  }
}

function isBoolean(text: string): boolean {
  return /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text);
}

/** What the fields together must not be. */
function checkFields({ values, type }: Fields): Fault | undefined {
  const has = (key: string): boolean => (values.get(key)?.text ?? '') !== '';
  const forbid = (key: string): Fault => ({
    message: `${key} is not allowed for ${type} mounts`,
    fix: `remove ${key}`,
  });
  if (type === 'bind' || type === 'tmpfs') {
    const owner = ['mode', 'uid', 'gid'].find((key) => values.has(key));
    if (owner !== undefined) return forbid(owner);
  }
  if (has('sharing') && type !== 'cache') return forbid('sharing');
  if (type === 'ssh' && has('source')) return forbid('source');
  if (type !== 'secret') return undefined;
  if (has('from')) return forbid('from');
  if (!['source', 'target', 'id'].some(has)) {
    return {
      message: 'a secret mount needs a source, a target or an id',
      fix: 'add id=<name of the secret>',
    };
  }
  if (!has('source') || !has('id')) return undefined;
  return { message: "both source and id of a secret mount can't be set", fix: 'remove source' };
}
