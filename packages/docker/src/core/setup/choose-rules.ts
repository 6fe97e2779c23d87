import { defaultFlavor, defaultTagRules } from '../tags/default-tag-rules.js';
import { inputFields } from '../tags/input-fields.js';
import { isFailure } from '../tags/tag-problem.js';
import type { RuleClaim, RuleKind } from './claim.js';
import { findAgreement, joinWords } from './find-agreement.js';
import { translateRule, translateTagRule } from './translate-rule.js';

export interface ChosenRules {
  readonly chosen: readonly {
    readonly kind: RuleKind;
    readonly lines: readonly string[];
    readonly sources: readonly string[];
  }[];
  readonly contradictions: readonly string[];
  readonly left: readonly string[];
}

/** Takes rules on which all sources agree, since they hold for all images. */
export function chooseRules(claims: readonly RuleClaim[], defaultBranch: string): ChosenRules {
  const translated = claims.map((claim) => ({ ...claim, ...translateAll(claim, defaultBranch) }));
  const { agreed, differing } = findAgreement(translated, ({ kind }) => kind);
  const chosen = agreed
    .filter(({ claim }) => claim.value.length > 0)
    .map(({ claim, sources }) => ({ kind: claim.kind, lines: claim.value, sources }));
  const isDefault =
    isSameRules(linesOf(chosen, 'tags'), defaultTagRules) &&
    isSameRules(linesOf(chosen, 'flavor'), defaultFlavor);
  return {
    chosen: isDefault ? chosen.filter(({ kind }) => kind !== 'tags' && kind !== 'flavor') : chosen,
    contradictions: differing.map((group) => {
      const [first] = group;
      const sources = [...new Set(group.map(({ source }) => source))];
      return `the ${first?.kind} are not the same in ${joinWords(sources)}`;
    }),
    left: translated.flatMap(({ left }) => left),
  };
}

function translateAll({ kind, lines, source }: RuleClaim, defaultBranch: string) {
  const translate = kind === 'tags' ? translateTagRule : translateRule;
  const all = lines.map((line) => ({ line, text: translate(line, defaultBranch) }));
  return {
    value: all.flatMap(({ text }) => text ?? []),
    left: all
      .filter(({ text }) => text === undefined)
      .map(
        ({ line }) =>
          `the rule ${JSON.stringify(line)} among the ${kind} in ${source}: its value is known only in a run there`,
      ),
  };
}

function linesOf(chosen: ChosenRules['chosen'], kind: RuleKind): readonly string[] {
  return chosen.find((each) => each.kind === kind)?.lines ?? [];
}

function isSameRules(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one.map(normalize).sort()) === JSON.stringify(other.map(normalize).sort());
}

function normalize(line: string): string {
  const fields = inputFields(line);
  if (isFailure(fields)) return line;
  return fields
    .map(({ key = '', value }) => `${key}=${value}`)
    .sort()
    .join();
}
