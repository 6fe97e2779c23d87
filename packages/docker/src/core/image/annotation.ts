/** An annotation as buildx takes it: `manifest,index:name=value`. */
export interface Annotation {
  /** Where it stands, each with a platform or without one: `manifest`, `index[linux/arm64]`. */
  readonly levels: readonly string[];
  readonly name: string;
  readonly value: string;
}

const level = /^(manifest|index|manifest-descriptor|index-descriptor)(?:\[[\w/.-]+\])?$/;

/**
 * Parses an annotation by buildx's rule: what stands before the first `:` of the name are levels. Without one it is for
 * the manifest.
 *
 * @returns `undefined` for what buildx would refuse.
 */
export function parseAnnotation(text: string): Annotation | undefined {
  const [, left = '', value = ''] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  const [, before = 'manifest', name = ''] = /^(?:([^:]*):)?([^:\s]+)$/.exec(left) ?? [];
  const levels = before.split(',');
  return name !== '' && levels.every((each) => level.test(each)) ? { levels, name, value } : undefined;
}

export function formatAnnotation({ levels, name, value }: Annotation): string {
  return `${levels.join(',')}:${name}=${value}`;
}

/** The annotation without the levels of an index; `undefined` if nothing is left. */
export function withoutIndex(annotation: Annotation): Annotation | undefined {
  const levels = annotation.levels.filter((each) => !each.startsWith('index'));
  return levels.length > 0 ? { ...annotation, levels } : undefined;
}

/** Those of an index, by name. */
export function indexAnnotations(lines: readonly string[]): Record<string, string> {
  const own = lines.map(parseAnnotation).filter((annotation) => annotation?.levels.includes('index'));
  return Object.fromEntries(
    own.flatMap((annotation) => (annotation ? [[annotation.name, annotation.value]] : [])),
  );
}
