import type { LineRange } from '../dockerfile/source-problem.js';
import { type EvaluationState, reportError } from './evaluation-state.js';
import { quote } from './explain-expansion.js';
import { formatImageRef } from './format-image-ref.js';
import { findNamedContext, type NamedContext } from './named-contexts.js';
import { parseImageRef } from './parse-image-ref.js';
import type { Platform } from './platform.js';
import type { Origin, StageNode } from './stage-node.js';

export interface Named {
  readonly text: string;
  /** The same before expansion. */
  readonly written: string;
  readonly how: StageNode['how'];
  readonly range: LineRange;
  readonly platform: Platform | undefined;
}

/** Resolves a name that is no stage: `scratch`, an image, or the named context that replaces the image. */
export function resolveOrigin(state: EvaluationState, named: Named, from?: NamedContext): Origin {
  const { text, platform } = named;
  if (text === 'scratch') return { kind: 'scratch', context: from };
  if (text === '') return { kind: 'unknown' };
  const imageRef = normalizeImageRef(text);
  if (imageRef === undefined) {
    reportInvalid(state, named);
    return { kind: 'unknown' };
  }
  if (from) return { kind: 'image', imageRef, context: from };
  const context = findNamedContext(state.contexts, text, platform ?? state.platform);
  if (!context) return { kind: 'image', imageRef };
  if (context.kind !== 'image') return { kind: 'context', context };
  return resolveOrigin(state, { ...named, text: context.value }, context);
}

/** In full, with the tag `latest` if there is neither tag nor digest; `undefined` if malformed. */
export function normalizeImageRef(text: string): string | undefined {
  const { ref } = parseImageRef(text);
  if (!ref) return undefined;
  const isBare = ref.tag === undefined && ref.digest === undefined;
  return formatImageRef(isBare ? { ...ref, tag: 'latest' } : ref);
}

function reportInvalid(state: EvaluationState, { text, written, how, range }: Named): void {
  if (how !== 'FROM' && text.includes('$')) {
    const message = `variable expansion is not supported for --from=${text}`;
    const fix = `write FROM ${text} AS <name> above, with an ARG before the first FROM, and --from=<name> here`;
    reportError(state, range, { message, fix, word: written });
    return;
  }
  const message = `${quote(text)} is neither a stage nor an image reference`;
  const fix = 'write the name of an earlier stage, or an image as [registry/]name[:tag][@digest]';
  reportError(state, range, { message, fix, word: written });
}
