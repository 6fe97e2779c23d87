import type { Stage } from '../dockerfile/dockerfile.js';
import { type Expansion, expandWord } from '../dockerfile/expand-word.js';
import { type EvaluationState, reportError, reportUncertain } from './evaluation-state.js';
import { namesOf } from './expand-argument.js';
import { explainExpansion } from './explain-expansion.js';
import { type Platform, parsePlatform } from './platform.js';
import { normalizeImageRef } from './resolve-origin.js';

export interface ExpandedFrom {
  /** Empty if it is malformed, or if only the build knows it. */
  readonly text: string;
  /** Present if the build may know another name: the part that is certain. */
  readonly knownPrefix?: string;
}

/** Expands the name after FROM; only the ARGs before the first FROM can be in it. */
export function expandFrom(state: EvaluationState, { base, from }: Stage): ExpandedFrom {
  if (base === '') return { text: '' };
  const expansion = expand(state, base);
  const { text, failure } = expansion;
  if (failure !== undefined) {
    reportError(state, from, explainExpansion(base, failure));
    return { text: '' };
  }
  const { knownPrefix, uncertain, unset } = expansion;
  if (knownPrefix !== undefined) {
    reportUncertain(state, from, { variables: namesOf(uncertain), text: base });
    return { text: normalizeImageRef(text) === undefined ? '' : text, knownPrefix };
  }
  if (text === '') {
    const [name = 'NAME'] = unset;
    const message = `base name (${base}) should not be blank`;
    const fix = `pass --build-arg ${name}=<image>, or write ARG ${name}=<image> before the first FROM`;
    reportError(state, from, { message, fix, word: base });
  }
  return { text };
}

/** Expands and reads FROM --platform. */
export function expandPlatform(state: EvaluationState, { platform, from }: Stage): Platform | undefined {
  if (platform === '') return undefined;
  const expansion = expand(state, platform);
  if (expansion.failure !== undefined) {
    reportError(state, from, explainExpansion(platform, expansion.failure));
    return undefined;
  }
  const { text, knownPrefix } = expansion;
  const parsed = parsePlatform(text, state.buildPlatform);
  if (!parsed && knownPrefix === undefined) {
    const message = `${JSON.stringify(text)} is no platform (from --platform=${platform})`;
    const fix = 'write --platform=<os>/<architecture> such as linux/arm64, or a variable that holds one';
    reportError(state, from, { message, fix, word: platform });
  }
  return parsed;
}

function expand({ globalArgs, dockerfile }: EvaluationState, word: string): Expansion {
  return expandWord(word, (name) => globalArgs.get(name), { escape: dockerfile.escape });
}
