import { formatPlatform, parsePlatform } from './platform.js';

/** `linux/arm64/v8` and `linux/aarch64` are `linux/arm64`; what is no platform stays as it is. */
export function normalisePlatform(text: string): string {
  const parsed = parsePlatform(text, { os: 'linux', architecture: '', variant: '' });
  return parsed ? formatPlatform(parsed) : text;
}
