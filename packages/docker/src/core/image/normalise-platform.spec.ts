import { normalisePlatform } from './normalise-platform.js';

it.each([
  ['linux/arm64/v8', 'linux/arm64'],
  ['linux/x86_64', 'linux/amd64'],
  ['what is this', 'what is this'],
])('normalises %s', (text, normalised) => expect(normalisePlatform(text)).toBe(normalised));
