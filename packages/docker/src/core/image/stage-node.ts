import type { Instruction } from '../dockerfile/dockerfile.js';
import type { LineRange } from '../dockerfile/source-problem.js';
import type { ExposedPort } from './evaluation.js';
import type { NamedContext } from './named-contexts.js';
import type { Platform } from './platform.js';
import type { VariableScope } from './variable-scope.js';

/** What a stage starts from if it is no other stage; `unknown` if its FROM is malformed. */
export type Origin =
  | { readonly kind: 'unknown'; readonly context?: undefined }
  | { readonly kind: 'scratch'; readonly context?: NamedContext | undefined }
  | { readonly kind: 'image'; readonly imageRef: string; readonly context?: NamedContext | undefined }
  | { readonly kind: 'context'; readonly context: NamedContext };

/** An instruction of a stage, or one that an ONBUILD brings into it. */
export interface Command {
  readonly instruction: Instruction;
  /** Where it is reported. */
  readonly range: LineRange;
  /** True if the base image's configuration holds it, so that it is not in the Dockerfile. */
  readonly isForeign: boolean;
  /** What COPY --from names, or each --mount of a RUN; `undefined` is the build context. */
  sources: readonly (StageNode | undefined)[];
}

/** A stage, or an image that a COPY --from or a mount names, which BuildKit treats as a stage without a name. */
export interface StageNode {
  /** Of the stage in the Dockerfile; -1 for an image. */
  readonly index: number;
  readonly name: string;
  /** FROM or --from as it stands after expansion. */
  readonly text: string;
  /** The same before expansion. */
  readonly written: string;
  readonly how: 'FROM' | 'COPY --from' | 'RUN --mount';
  readonly range: LineRange;
  readonly base: StageNode | undefined;
  /** The stage at the bottom of the chain of FROMs; absent if it is this one. */
  readonly root?: StageNode;
  /** What that stage starts from. */
  readonly origin: Origin;
  /** True if a named context of the same name stands for the whole stage. */
  readonly isReplaced: boolean;
  /** What FROM --platform says. */
  readonly platform: Platform | undefined;
  /** ONBUILD triggers come first. */
  commands: readonly Command[];
  /** Other stages its commands read from, with the command that does. */
  readonly dependencies: Map<StageNode, Command>;
  /** Set when its commands have been evaluated, as have those of its base. */
  result?: StageResult;
}

export interface StageResult {
  readonly scope: VariableScope;
  /** Absolute; `undefined` if the base image decides it. */
  readonly workdir: string | undefined;
  /** Those of its base first. */
  readonly ports: readonly ExposedPort[];
}

export function rootOf(node: StageNode): StageNode {
  return node.root ?? node;
}

/** The platform of a stage is that of the stage it is built from. */
export function platformOf(node: StageNode, target: Platform): Platform {
  return rootOf(node).platform ?? target;
}
