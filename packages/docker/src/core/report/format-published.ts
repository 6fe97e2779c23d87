/** What a table of published images says of one. */
export interface PublishedRow {
  readonly id: string;
  /** Why it was built, or why not. */
  readonly reason: string;
  readonly tags: readonly string[];
  readonly digest: string;
  /** Milliseconds; `undefined` for an image that was not built. */
  readonly duration: number | undefined;
}

/** Markdown for the page of a CI job. Nothing in a name can end a cell or become a link. */
export function formatPublished(rows: readonly PublishedRow[]): string {
  const lines = rows.map(({ id, reason, tags, digest, duration }) =>
    [
      escapeCell(id),
      escapeCell(reason),
      tags.map((tag) => `\`${tag}\``).join(' '),
      `\`${digest.slice(0, 'sha256:'.length + 12)}\``,
      duration === undefined ? 'not built' : `${(duration / 1000).toFixed(1)} s`,
    ].join(' | '),
  );
  return [
    '| image | why | tags | digest | time |',
    '| --- | --- | --- | --- | --- |',
    ...lines.map((line) => `| ${line} |`),
    '',
  ].join('\n');
}

function escapeCell(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/[\\`*_{}[\]<>()#+!|@~-]/g, '\\$&');
}
