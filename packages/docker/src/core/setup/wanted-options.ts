import type { JsonValue } from './edit-json.js';

/** An object of JSON. */
export type JsonRecord = { readonly [key: string]: JsonValue };

export interface Addition {
  readonly path: readonly string[];
  readonly value: JsonValue;
}

/** What has to be added to an object so that it has all that is wanted. What it has already stays as it is. */
export function additions(existing: unknown, wanted: JsonRecord, path: readonly string[] = []): Addition[] {
  return Object.entries(wanted).flatMap(([key, value]): Addition[] => {
    const here = [...path, key];
    const current = isRecord(existing) && Object.hasOwn(existing, key) ? existing[key] : undefined;
    if (current === undefined) return [{ path: here, value }];
    return isRecord(value) && isRecord(current) ? additions(current, value, here) : [];
  });
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
