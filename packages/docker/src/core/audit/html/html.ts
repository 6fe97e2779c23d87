/** Markup that is safe to write into a page. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[];

/** A template in which every text is escaped and only other markup is taken as it is. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const written = parts.map((part, index) => formatPart(part) + (strings[index + 1] ?? ''));
  return { html: (strings[0] ?? '') + written.join('') };
}

function formatPart(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return 'html' in part ? part.html : part.map(({ html: text }) => text).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters would be invalid in a page; names of files can hold them. */
function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')
    .replace(/[^\P{Cc}\n\t]/gu, '\uFFFD');
}
