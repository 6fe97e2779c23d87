/**
 * The address of the next page of a list, from a `Link` header (RFC 8288): `</v2/api/tags/list?last=b>; rel="next"`.
 *
 * @param current The address of this page; a relative link starts from it.
 * @returns `undefined` at the last page, and for a link to another host, where credentials must not go.
 */
export function nextPage(link: string, current: string): string | undefined {
  const [, target] = /<([^>]*)>\s*;[^,]*\brel\s*=\s*"?next\b/i.exec(link) ?? [];
  if (target === undefined || !URL.canParse(target, current)) return undefined;
  const next = new URL(target, current);
  return next.origin === new URL(current).origin && next.href !== current ? next.href : undefined;
}
