import { isDeepStrictEqual } from 'node:util';
import type { Dockerfile, Heredoc, Instruction } from '../../src/core/dockerfile/dockerfile.js';
import { parseDockerfile } from '../../src/core/dockerfile/parse-dockerfile.js';

interface ParseCase {
  readonly dockerfile: string;
  readonly escape?: string;
  readonly instructions?: readonly ExpectedInstruction[];
  readonly stages?: readonly { base: string; name: string; platform: string }[];
  readonly metaArgs?: readonly string[];
  /** The parser's error. */
  readonly error?: string;
  /** What a later step refuses. */
  readonly instructionsError?: string;
}

interface ExpectedInstruction {
  readonly instruction: string;
  readonly flags: readonly string[];
  readonly args: readonly string[];
  readonly json: boolean;
  readonly startLine: number;
  readonly endLine: number;
  readonly onbuild?: ExpectedInstruction;
  readonly heredocs?: readonly Heredoc[];
}

/** Compares a parsed Dockerfile with BuildKit's; returns the first difference. */
export function check(testCase: ParseCase): string | undefined {
  const dockerfile = parseDockerfile(testCase.dockerfile);
  const expectedError = testCase.error ?? testCase.instructionsError;
  const errors = dockerfile.problems.filter(({ severity }) => severity === 'error');
  if (expectedError === undefined && errors[0]) return `refused: ${errors[0].message}`;
  if (expectedError !== undefined && errors.length === 0) return `accepted, expected: ${expectedError}`;
  const line = /on line (\d+)/.exec(expectedError ?? '')?.[1];
  if (line !== undefined && !errors.some(({ place }) => place?.line === Number(line))) {
    return `no error on line ${line}, expected: ${expectedError}`;
  }
  return compareParts(dockerfile, testCase);
}

function compareParts(dockerfile: Dockerfile, expected: ParseCase): string | undefined {
  const actual: Partial<ParseCase> = {
    escape: dockerfile.escape,
    instructions: dockerfile.instructions.map(toExpectedForm),
    stages: dockerfile.stages.map(({ base, name, platform }) => ({ base, name, platform })),
    metaArgs: dockerfile.metaArgs.flatMap(({ args }) => args),
  };
  for (const part of ['escape', 'instructions', 'stages', 'metaArgs'] as const) {
    if (expected[part] === undefined || isDeepStrictEqual(actual[part], expected[part])) continue;
    return `${part}: ${JSON.stringify(actual[part])}, expected ${JSON.stringify(expected[part])}`;
  }
  return undefined;
}

function toExpectedForm(instruction: Instruction): ExpectedInstruction {
  const { keyword, flags, args, json, startLine, endLine, onbuild, heredocs } = instruction;
  return {
    instruction: keyword,
    flags,
    args,
    json,
    startLine,
    endLine,
    ...(onbuild && { onbuild: toExpectedForm(onbuild) }),
    ...(heredocs.length > 0 && { heredocs }),
  };
}
