/** What decides whether a tag may move to the image of a commit. */
export interface GuardFacts {
  /** The commit, 40 hexadecimal digits. */
  readonly head: string;
  /** All tags that the repository holds. */
  readonly held: readonly string[];
  /** The branch that is published, if it is one. */
  readonly branch?: BranchFacts;
  /** The git tag that is published, if it is one: `v1.2.3`. */
  readonly gitTag?: string;
}

export interface BranchFacts {
  readonly name: string;
  /** The commit is the tip of the branch, or before it. */
  readonly holdsHead: boolean;
  /** The commits of the branch that have the commit behind them, the newest first. */
  readonly newer: readonly string[];
}

/** Why a tag stays where it is. */
export interface Refusal {
  /** Half a sentence: `1.3.0 is higher`. */
  readonly reason: string;
  /** The tag that has the image this one belongs to, where that is known. */
  readonly instead?: string;
}

/** Marks for every image of a commit that the commit was published. */
export function commitTag(commit: string): string {
  return `sha-${commit}`;
}

/**
 * Names what anybody pushed of these inputs. It is not taken for what CI built of a commit, which `inputsTag` marks.
 */
export function buildTag(inputDigest: string): string {
  return `build-${inputDigest.replace(/^sha256:/, '').slice(0, 32)}`;
}

/** Marks the image that was built from exactly these inputs. */
export function inputsTag(inputDigest: string): string {
  return inputDigest.replace(':', '-').replace(/^sha256/, 'inputs');
}

/**
 * Says why a tag must not move to the image of a commit, so that publishing commits in any order leaves each tag at the
 * newest of them. Tags that name the commit itself, and full versions, belong to nobody else.
 */
export function guardTag(tag: string, { head, held, branch, gitTag }: GuardFacts): Refusal | undefined {
  if (tag.includes(head.slice(0, 7))) return undefined;
  if (gitTag !== undefined) return guardVersion(tag, gitTag, held);
  if (!branch) return undefined;
  if (!branch.holdsHead) return { reason: `${head.slice(0, 7)} is no commit of ${branch.name}` };
  const marks = new Set(held);
  const newer = branch.newer.find((commit) => marks.has(commitTag(commit)));
  if (newer === undefined) return undefined;
  return { reason: `${newer.slice(0, 7)} is newer and published`, instead: commitTag(newer) };
}

type Version = readonly [major: number, minor: number, patch: number];

/** A tag that is a part of a version, `1` or `1.2-alpine`, follows the releases in that part; any other follows all. */
function guardVersion(tag: string, gitTag: string, held: readonly string[]): Refusal | undefined {
  const released = parseVersion(gitTag, '');
  if (!released || /\d+\.\d+\.\d+/.test(tag)) return undefined;
  const [, prefix = '', major, minor, suffix = ''] = /^(v?)(\d+)(?:\.(\d+))?(-.+)?$/.exec(tag) ?? [];
  const wanted = [major, minor].flatMap((part) => (part === undefined ? [] : [Number(part)]));
  const higher = held
    .flatMap((name) => {
      const version = parseVersion(name, suffix);
      return version && name.startsWith(prefix) ? [{ name, version }] : [];
    })
    .filter(({ version }) => wanted.every((part, index) => version[index] === part))
    .filter(({ version }) => compareVersions(version, released) > 0)
    .sort((a, b) => compareVersions(b.version, a.version));
  const [highest] = higher;
  return highest && { reason: `${highest.name} is higher`, instead: highest.name };
}

/** A full version without a pre-release. */
function parseVersion(text: string, suffix: string): Version | undefined {
  if (!text.endsWith(suffix)) return undefined;
  const [, major, minor, patch] =
    /^(?:v|.*[/-]v?)?(\d+)\.(\d+)\.(\d+)$/.exec(text.slice(0, text.length - suffix.length)) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
