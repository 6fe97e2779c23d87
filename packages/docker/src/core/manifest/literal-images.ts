/** A line of a template that names an image outright. */
export interface LiteralImage {
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly reference: string;
}

/** Finds `image: name:tag` in a template, which is no YAML yet. It is for people to read and never edited. */
export function literalImages(template: string): LiteralImage[] {
  return template.split('\n').flatMap((text, index) => {
    const [, before = '', reference] =
      /^(\s*(?:- )?image:\s*["']?)([^\s"'#{}]+)["']?\s*(?:#.*)?$/.exec(text) ?? [];
    return reference === undefined ? [] : [{ line: index + 1, column: before.length + 1, reference }];
  });
}
