import type { Dockerfile } from '../dockerfile/dockerfile.js';
import { expandWord } from '../dockerfile/expand-word.js';
import type { Fault } from '../dockerfile/instruction-flags.js';
import type { LineRange } from '../dockerfile/source-problem.js';
import { explainExpansion } from './explain-expansion.js';
import { formatPlatform, type Platform } from './platform.js';

export interface GlobalArgsOptions {
  readonly buildArgs: ReadonlyMap<string, string>;
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
export function computeGlobalArgs(dockerfile: Dockerfile, options: GlobalArgsOptions): Map<string, string> {
  const { buildArgs } = options;
  const args = predefinedArgs(dockerfile, options);
  for (const [name] of args) args.set(name, buildArgs.get(name) ?? args.get(name) ?? '');
  for (const instruction of dockerfile.metaArgs) {
    for (const { name, value } of readArgs(instruction.args)) {
      const given = buildArgs.get(name);
      if (given !== undefined) args.set(name, given);
      if (given !== undefined || value === undefined) continue;
      const { text, failure } = expandWord(value, (key) => args.get(key), { escape: dockerfile.escape });
      if (failure === undefined) args.set(name, text);
      else options.onFault(instruction, explainExpansion(value, failure));
    }
  }
  return args;
}

/** The names of an ARG, with their defaults. */
export function readArgs(args: readonly string[]): { name: string; value: string | undefined }[] {
  return args.map((arg) => {
    const at = arg.indexOf('=');
    if (at < 0) return { name: arg, value: undefined };
    return { name: arg.slice(0, at), value: arg.slice(at + 1) };
  });
}

function predefinedArgs(dockerfile: Dockerfile, options: GlobalArgsOptions): Map<string, string> {
  const { platform, buildPlatform, target } = options;
  return new Map([
    ['BUILDPLATFORM', formatPlatform(buildPlatform)],
    ['BUILDOS', buildPlatform.os],
    ['BUILDOSVERSION', ''],
    ['BUILDARCH', buildPlatform.architecture],
    ['BUILDVARIANT', buildPlatform.variant],
    ['TARGETPLATFORM', formatPlatform(platform)],
    ['TARGETOS', platform.os],
    ['TARGETOSVERSION', ''],
    ['TARGETARCH', platform.architecture],
    ['TARGETVARIANT', platform.variant],
    ['TARGETSTAGE', target || dockerfile.stages.at(-1)?.name || 'default'],
  ]);
}
