import { relative, resolve } from 'node:path';
import type { ReferenceForm } from '../core/manifest/wanted-reference.js';
import { findRoot } from '../reports/images/find-root.js';
import { textOf, UsageError, type Values } from './command.js';

/** Options that `k8s set` and `k8s check` share. */
export const k8sOptions = {
  from: { type: 'string', multiple: true },
  form: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** The paths of `--from`. */
export function fromOf({ from = [] }: Values): string[] {
  return (Array.isArray(from) ? from : [from]).map(String);
}

/** The form of `--form`, where it is given. */
export function formOf(values: Values): { form?: ReferenceForm } {
  const form = textOf(values, 'form');
  if (form === undefined) return {};
  if (form === 'tag' || form === 'digest' || form === 'both') return { form };
  throw new UsageError('--form takes tag, digest or both');
}

/** Paths as they are typed in the current folder, made relative to the workspace. */
export function pathsOf(names: readonly string[]): { paths?: readonly string[] } {
  if (names.length === 0) return {};
  return {
    paths: names.map((name) => relative(findRoot(), resolve(name)).replaceAll('\\', '/') || '.'),
  };
}
