import { hasFilepathWildcard } from '../dockerfile/match-filepath.js';
import { cleanContextPath, knownFolder, toSlashPath } from './context-path.js';
import type { ContextRead } from './evaluation.js';
import { addRead, ask, placeOf, reportUncertain } from './evaluation-state.js';
import { type ExpandedArgument, namesOf } from './expand-argument.js';
import { classifyRemote } from './remote-source.js';
import { type Command, rootOf, type StageNode } from './stage-node.js';
import type { StageRun } from './stage-run.js';

export interface CopyFlags {
  /** `undefined` where a pattern is malformed. */
  readonly exclude: readonly (ExpandedArgument | undefined)[];
  readonly parents: boolean;
  readonly checksum: ExpandedArgument | undefined;
}

export interface CopySource {
  readonly keyword: 'COPY' | 'ADD';
  /** As written. */
  readonly text: string;
  readonly expanded: ExpandedArgument;
  readonly flags: CopyFlags;
}

/** Records what a path of a COPY or ADD reads, if it is read from the build context or a local one. */
export function readCopySource(run: StageRun, command: Command, source: CopySource): void {
  const { keyword, text, expanded, flags } = source;
  const context = localContextOf(command.sources[0]);
  if (command.sources[0] && context === undefined) return;
  const local = { context, node: command.sources[0] };
  if (!classifyRemote(expanded.text)) ask(run.state, local, expanded.text);
  const why = explainUncertainty(run, command, source);
  addRead(run.state, local, {
    kind: keyword,
    ...(expanded.certainty ? selectFolder(run, expanded.certainty.knownPrefix) : selectExactly(run, source)),
    exclude: why === undefined ? flags.exclude.flatMap((pattern) => pattern?.text ?? []) : [],
    ...(context !== undefined && { context }),
    place: placeOf(run.state, command.range, text),
    text,
    ...(expanded.unset.length > 0 && { unset: expanded.unset }),
    ...(why !== undefined && { widened: why }),
  });
}

/** The key of the local named context a stage starts from. */
export function localContextOf(node: StageNode | undefined): string | undefined {
  const origin = node && rootOf(node).origin;
  return origin?.kind === 'context' && origin.context.kind === 'local' ? origin.context.key : undefined;
}

type Selection = Pick<ContextRead, 'path' | 'match' | 'pivot'>;

function selectExactly({ os }: StageRun, { expanded, flags }: CopySource): Selection {
  const source = toSlashPath(expanded.text, os);
  if (!flags.parents) {
    const path = cleanContextPath(source);
    return { path, match: hasFilepathWildcard(path) ? 'glob' : 'literal' };
  }
  const at = source.indexOf('/./');
  const pivot = at < 0 ? '.' : cleanContextPath(source.slice(0, at));
  const pattern = cleanContextPath(at < 0 ? source : source.slice(at + 3));
  const path = cleanContextPath(`${pivot}/${pattern}`);
  return { path, match: pattern === '.' ? 'literal' : 'include', ...(pivot !== '.' && { pivot }) };
}

/** The folder, or the glob of folders, before the first uncertain character. */
function selectFolder({ os }: StageRun, knownPrefix: string): Selection {
  const path = knownFolder(toSlashPath(knownPrefix, os));
  return { path, match: hasFilepathWildcard(path) ? 'glob' : 'literal' };
}

/** Why the files that are read cannot be told exactly; reports it. */
function explainUncertainty(
  { state }: StageRun,
  { range }: Command,
  { text, expanded, flags }: CopySource,
): string | undefined {
  const doubtful = [expanded, ...flags.exclude].filter((argument) => argument?.certainty !== undefined);
  if (doubtful.length === 0) return undefined;
  const variables = namesOf(doubtful.flatMap((argument) => argument?.uncertain ?? []));
  reportUncertain(state, range, { variables, text });
  return `${variables} is only known when the image is built`;
}
