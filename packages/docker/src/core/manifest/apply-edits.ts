/** Replaces the text from `start` to before `end`, both UTF-16 offsets, by `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Makes all edits in one text. They must not overlap; insertions at one place come in their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let done = 0;
  for (const { start, end, text: inserted } of sortEdits(edits)) {
    result += text.slice(done, start) + inserted;
    done = end;
  }
  return result + text.slice(done);
}

/** In the order of the text. */
export function sortEdits<Each extends Edit>(edits: readonly Each[]): Each[] {
  return [...edits].sort((a, b) => a.start - b.start);
}
