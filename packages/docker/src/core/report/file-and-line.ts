import type { Place } from '../errors.js';

/** `api/Dockerfile:3`, which terminals and editors open. */
export function fileAndLine({ file, line }: Pick<Place, 'file' | 'line'>): string {
  return `${file}:${line}`;
}
