import type { Dockerfile } from '../dockerfile/dockerfile.js';
import { type Expansion, expandWord } from '../dockerfile/expand-word.js';
import type { Fault } from '../dockerfile/instruction-flags.js';
import type { VariableValue } from '../dockerfile/shell-piece.js';
import type { LineRange } from '../dockerfile/source-problem.js';
import { explainExpansion } from './explain-expansion.js';
import { formatPlatform, type Platform } from './platform.js';

export interface GlobalArgsOptions {
  readonly buildArgs: ReadonlyMap<string, string | null>;
  readonly platform: Platform;
  readonly buildPlatform: Platform;
  readonly target: string;
  readonly onFault: (range: LineRange, fault: Fault) => void;
}

/**
 * The variables that FROM can use, and what a bare `ARG NAME` in a stage falls back on: the predefined ones
 * (https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope) and the ARGs
 * before the first FROM.
 */
export function computeGlobalArgs(
  dockerfile: Dockerfile,
  options: GlobalArgsOptions,
): Map<string, VariableValue> {
  const args = predefinedArgs(dockerfile, options);
  for (const [name, value] of args) args.set(name, givenValue(options.buildArgs, name, value) ?? value);
  for (const instruction of dockerfile.metaArgs) {
    for (const { name, value } of readArgs(instruction.args)) {
      const fallback = value === undefined ? undefined : expandDefault(dockerfile, value, args);
      const given = givenValue(
        options.buildArgs,
        name,
        fallback?.failure === undefined ? fallback : undefined,
      );
      if (given) args.set(name, given);
      else if (fallback?.failure !== undefined) {
        options.onFault(instruction, explainExpansion(value ?? '', fallback.failure));
      } else if (fallback) args.set(name, fallback);
    }
  }
  return args;
}

/** The value that `--build-arg` gives; if only the build knows it, it may as well be the default. */
export function givenValue(
  buildArgs: ReadonlyMap<string, string | null>,
  name: string,
  fallback: VariableValue | undefined,
): VariableValue | undefined {
  const given = buildArgs.get(name);
  if (given === null)
    return { ...(fallback?.text !== undefined && { text: fallback.text }), knownPrefix: '' };
  return given === undefined ? undefined : { text: given };
}

function expandDefault(
  dockerfile: Dockerfile,
  value: string,
  args: ReadonlyMap<string, VariableValue>,
): Expansion {
  return expandWord(value, (name) => args.get(name), { escape: dockerfile.escape });
}

/** The names of an ARG, with their defaults. */
export function readArgs(args: readonly string[]): { name: string; value: string | undefined }[] {
  return args.map((arg) => {
    const at = arg.indexOf('=');
    if (at < 0) return { name: arg, value: undefined };
    return { name: arg.slice(0, at), value: arg.slice(at + 1) };
  });
}

function predefinedArgs(dockerfile: Dockerfile, options: GlobalArgsOptions): Map<string, VariableValue> {
  const { platform, buildPlatform, target } = options;
  const values = {
    BUILDPLATFORM: formatPlatform(buildPlatform),
    BUILDOS: buildPlatform.os,
    BUILDOSVERSION: '',
    BUILDARCH: buildPlatform.architecture,
    BUILDVARIANT: buildPlatform.variant,
    TARGETPLATFORM: formatPlatform(platform),
    TARGETOS: platform.os,
    TARGETOSVERSION: '',
    TARGETARCH: platform.architecture,
    TARGETVARIANT: platform.variant,
    TARGETSTAGE: target || dockerfile.stages.at(-1)?.name || 'default',
  };
  return new Map(Object.entries(values).map(([name, text]) => [name, { text }]));
}
