import { formatPlatform, parsePlatform } from './platform.js';

const host = { os: 'linux', architecture: 'arm64', variant: '' };

test.each([
  ['linux/amd64', 'linux/amd64'],
  ['linux', 'linux/arm64'],
  ['amd64', 'linux/amd64'],
  ['Linux/X86_64', 'linux/amd64'],
  ['linux/aarch64', 'linux/arm64'],
  ['linux/arm64/v8', 'linux/arm64'],
  ['linux/arm', 'linux/arm/v7'],
  ['linux/arm/6', 'linux/arm/v6'],
  ['linux/armhf', 'linux/arm/v7'],
  ['linux/amd64/v3', 'linux/amd64/v3'],
  ['windows(10.0.17763)/amd64', 'windows/amd64'],
  ['macos/arm64', 'darwin/arm64'],
  ['other/unknown', 'other/unknown'],
])('%s is %s', (text, expected) => {
  const platform = parsePlatform(text, host);
  expect(platform && formatPlatform(platform)).toBe(expected);
});

test.each(['', 'unknown', 'linux/', 'linux/*', 'a/b/c/d', 'linux amd64'])('%j is no platform', (text) => {
  expect(parsePlatform(text, host)).toBeUndefined();
});
