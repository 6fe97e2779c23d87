import { knownBadCommits, type Pin } from './pins.js';

/**
 * The newest release of the same major version.
 *
 * @param tags What `git ls-remote --tags` prints: a commit and `refs/tags/<name>` per line. A tag with a message has a
 * second line `refs/tags/<name>^{}` with the commit that it stands for.
 * @returns the pin itself where there is no newer one.
 */
export function newestPin(pin: Pin, tags: string): Pin {
  const commits = new Map<string, string>();
  for (const line of tags.split('\n')) {
    const [, commit = '', name = '', peeled] =
      /^([0-9a-f]{40})\trefs\/tags\/(.+?)(\^\{\})?$/.exec(line.trim()) ?? [];
    if (peeled !== undefined || !commits.has(name)) commits.set(name, commit);
  }
  const current = numbersOf(pin.version);
  const newer = [...commits]
    .map(([version, commit]) => ({ version, commit }))
    .filter(({ version, commit }) => /^v\d+\.\d+\.\d+$/.test(version) && !knownBadCommits.includes(commit))
    .filter(({ version }) => numbersOf(version)[0] === current[0] && compare(numbersOf(version), current) > 0)
    .sort((a, b) => compare(numbersOf(b.version), numbersOf(a.version)));
  return newer[0] ?? pin;
}

function numbersOf(version: string): number[] {
  return version.slice(1).split('.').map(Number);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = [0, 1, 2].find((each) => (a[each] ?? 0) !== (b[each] ?? 0));
  return index === undefined ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
