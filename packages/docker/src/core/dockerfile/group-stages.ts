import { isStageName } from './check-instruction.js';
import type { Instruction, Stage } from './dockerfile.js';
import { flagValue, readFlags } from './instruction-flags.js';
import { instructionRules } from './instruction-rules.js';

export interface GroupedStages {
  readonly metaArgs: readonly Instruction[];
  readonly stages: readonly Stage[];
  /** The first instruction but ARG that stands before any FROM. */
  readonly misplaced?: Instruction;
}

/** Divides the instructions at each FROM. */
export function groupStages(instructions: readonly Instruction[]): GroupedStages {
  const starts = instructions.flatMap(({ keyword }, index) => (keyword === 'FROM' ? [index] : []));
  const before = instructions.slice(0, starts[0] ?? instructions.length);
  const misplaced = before.find(
    ({ keyword }) => keyword !== 'ARG' && Object.hasOwn(instructionRules, keyword),
  );
  return {
    metaArgs: before.filter(({ keyword }) => keyword === 'ARG'),
    stages: starts.flatMap((start, index) => {
      const from = instructions[start];
      return from ? [toStage(index, from, instructions.slice(start + 1, starts[index + 1]))] : [];
    }),
    ...(misplaced && { misplaced }),
  };
}

function toStage(index: number, from: Instruction, instructions: readonly Instruction[]): Stage {
  const [base = '', as = '', name = ''] = from.args;
  const isNamed = from.args.length === 3 && as.toUpperCase() === 'AS' && isStageName(name.toLowerCase());
  return {
    index,
    name: isNamed ? name.toLowerCase() : '',
    base,
    platform: flagValue(readFlags(from.flags), 'platform'),
    from,
    instructions,
  };
}
