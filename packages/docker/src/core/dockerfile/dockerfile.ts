import type { Problem } from '../errors.js';

/** The parsed form of one Dockerfile. Nothing in it is evaluated: variables are still `$X`. */
export interface Dockerfile {
  /** Workspace-relative path with `/`, used in every place that is reported. */
  readonly path: string;
  /** The text without a byte order mark, split at line feeds (a trailing carriage return is cut). */
  readonly lines: readonly string[];
  readonly escape: '\\' | '`';
  /** Values of the parser directives that stand at the top, by lower-cased key. */
  readonly directives: { readonly syntax?: string; readonly escape?: string; readonly check?: string };
  /**
   * The frontend of a `syntax` directive that is not Docker's own. Such a text may be no Dockerfile at all,
   * so errors in it are not reported and nothing that is read from it is certain.
   */
  readonly foreignSyntax?: string;
  /** Every instruction in source order, FROM and the ARGs before it included. */
  readonly instructions: readonly Instruction[];
  /** The ARG instructions before the first FROM. */
  readonly metaArgs: readonly Instruction[];
  readonly stages: readonly Stage[];
  /** Errors and warnings of the text itself; a Dockerfile with an error still has all that could be read. */
  readonly problems: readonly Problem[];
}

/** One instruction, as BuildKit's parser sees it. */
export interface Instruction {
  /** Upper-cased: `FROM`, `COPY`, … */
  readonly keyword: string;
  /** Leading `--name=value` words, quotes and escapes removed, in source order. */
  readonly flags: readonly string[];
  /** The words after the flags; ENV and LABEL are triples of key, value, separator. */
  readonly args: readonly string[];
  /** True if the arguments were a JSON array. */
  readonly json: boolean;
  /** In the order of the bodies; those of an instruction inside ONBUILD are at the ONBUILD. */
  readonly heredocs: readonly Heredoc[];
  /** The whole instruction as one line: comments and continuations are gone, heredoc bodies not included. */
  readonly text: string;
  /** The instruction inside ONBUILD. */
  readonly onbuild?: Instruction;
  /** 1-based first and last line, continuation lines and heredoc bodies included. */
  readonly startLine: number;
  readonly endLine: number;
}

export interface Heredoc {
  readonly name: string;
  /** Variables in the body are expanded (the word was not quoted). */
  readonly expand: boolean;
  /** Leading tabs are stripped (`<<-`). */
  readonly chomp: boolean;
  /** As it stands in the file: leading tabs and carriage returns are still there. */
  readonly content: string;
}

export interface Stage {
  readonly index: number;
  /** Lower-cased name after AS, or the empty string. */
  readonly name: string;
  /** The word after FROM, unexpanded. */
  readonly base: string;
  /** The value of --platform, unexpanded, or the empty string. */
  readonly platform: string;
  readonly from: Instruction;
  /** The stage's instructions after its FROM. */
  readonly instructions: readonly Instruction[];
}
