/** A version of a Python package, https://peps.python.org/pep-0440/. */
export interface Pep440Version {
  readonly raw: string;
  /** In its normal form: `1.2.3rc2` for `v1.2.3-RC.2`. */
  readonly version: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** False for pre-, post- and development releases. */
  readonly isFinal: boolean;
}

const grammar =
  /^\s*v?(?:(?<epoch>\d+)!)?(?<release>\d+(?:\.\d+)*)(?<pre>[-_.]?(?<preKind>alpha|beta|preview|pre|rc|a|b|c)[-_.]?(?<preNumber>\d*))?(?<post>-(?<postBare>\d+)|[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>\d*))?(?<dev>[-_.]?dev[-_.]?(?<devNumber>\d*))?(?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*$/i;

const preKinds: Readonly<Record<string, string>> = {
  alpha: 'a',
  beta: 'b',
  c: 'rc',
  pre: 'rc',
  preview: 'rc',
};

/** Parses a version by the grammar of PEP 440, appendix B; `undefined` if it is none. */
export function parsePep440(text: string): Pep440Version | undefined {
  const groups = grammar.exec(text)?.groups;
  if (!groups) return undefined;
  const release = (groups.release ?? '').split('.').map(toNumber);
  return {
    raw: text,
    version: format(release, groups),
    major: Number(release[0]),
    minor: Number(release[1] ?? 0),
    patch: Number(release[2] ?? 0),
    isFinal: groups.pre === undefined && groups.post === undefined && groups.dev === undefined,
  };
}

function format(release: readonly string[], groups: Readonly<Record<string, string | undefined>>): string {
  const kind = (groups.preKind ?? '').toLowerCase();
  const { epoch = '0', postBare, postNumber, local } = groups;
  return [
    Number(epoch) > 0 ? `${toNumber(epoch)}!` : '',
    release.join('.'),
    groups.pre === undefined ? '' : `${preKinds[kind] ?? kind}${toNumber(groups.preNumber)}`,
    groups.post === undefined ? '' : `.post${toNumber(postBare ?? postNumber)}`,
    groups.dev === undefined ? '' : `.dev${toNumber(groups.devNumber)}`,
    local === undefined ? '' : `+${local.toLowerCase().replace(/[-_]/g, '.')}`,
  ].join('');
}

/** Without leading zeros; nothing counts as 0. Kept as text, so that long numbers stay exact. */
function toNumber(digits = ''): string {
  return digits.replace(/^0+(?=\d)/, '') || '0';
}
