import {
  familiarImageRef,
  formatImageName,
  formatImageRef,
  resolveImageRef,
} from '../../src/core/image/format-image-ref.js';
import {
  type ImageRef,
  type ImageRefResult,
  parseImageRef,
  parseImageRefAsWritten,
  parseImageRefOrId,
} from '../../src/core/image/parse-image-ref.js';

/** What distribution/reference makes of a text; an answer lacks the parts that the reference lacks. */
interface Answer {
  readonly valid: boolean;
  readonly domain?: string;
  readonly path?: string;
  readonly name?: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly familiar?: string;
  readonly canonical?: string;
  readonly dockerRef?: string;
}

interface ImageRefCase extends Answer {
  readonly input: string;
  readonly strict: Answer;
  readonly any: Answer;
}

/** Compares ParseNormalizedNamed, Parse (`strict`) and ParseAnyReference (`any`); returns a difference. */
export function check({ input, strict, any, ...normalized }: ImageRefCase): string | undefined {
  return (
    compare(parseImageRef(input), normalized) ??
    prefix('strict', compare(parseImageRefAsWritten(input), strict)) ??
    prefix('any', compare(parseImageRefOrId(input), any))
  );
}

function prefix(mode: string, difference: string | undefined): string | undefined {
  return difference === undefined ? undefined : `${mode}: ${difference}`;
}

function compare({ ref, reason }: ImageRefResult, expected: Answer): string | undefined {
  if (!ref) return expected.valid ? `refused: ${reason}` : undefined;
  if (!expected.valid) return `accepted as ${formatImageRef(ref)}`;
  const actual = describe(ref);
  const parts = ['domain', 'path', 'tag', 'digest', 'familiar', 'canonical'] as const;
  const optional = (['name', 'dockerRef'] as const).filter((part) => expected[part] !== undefined);
  const part = [...parts, ...optional].find((each) => actual[each] !== (expected[each] || undefined));
  return part && `${part}: ${actual[part]}, expected ${expected[part]}`;
}

/** Empty parts are absent. */
function describe(ref: ImageRef): Omit<Answer, 'valid'> {
  const { domain, path, tag, digest } = ref;
  const answer = {
    domain,
    path,
    tag,
    digest,
    name: formatImageName(ref),
    familiar: familiarImageRef(ref),
    canonical: formatImageRef(ref),
    dockerRef: formatImageRef(resolveImageRef(ref)),
  };
  return Object.fromEntries(Object.entries(answer).filter(([, value]) => value));
}
