import { readFlags } from '../dockerfile/instruction-flags.js';
import { parseMountFields } from '../dockerfile/mount-fields.js';
import { cleanContextPath, knownFolder, toSlashPath } from './context-path.js';
import {
  addRead,
  ask,
  type LocalContext,
  placeOf,
  reportError,
  reportUncertain,
} from './evaluation-state.js';
import { namesOf } from './expand-argument.js';
import { localContextOf } from './read-copy-source.js';
import { type Mount, readMount } from './read-mount.js';
import type { Command, StageNode } from './stage-node.js';
import type { StageRun } from './stage-run.js';

/** Evaluates the mounts of a RUN; only binds of the build context or of a local one read files. */
export function evaluateMounts(run: StageRun, command: Command): void {
  readWholeContext(run);
  const texts = readFlags(command.instruction.flags).get('mount') ?? [];
  for (const [index, text] of texts.entries()) {
    if (!parseMountFields(text)) continue;
    const mount = readMount(run, command, text);
    if (mount) evaluateMount(run, command, { mount, text, source: command.sources[index] });
  }
}

/** A command may read anything of the local context that its stage starts from. */
function readWholeContext({ state, node }: StageRun): void {
  const context = localContextOf(node);
  if (context !== undefined) ask(state, { context, node }, '.');
}

interface MountUse {
  readonly mount: Mount;
  /** As written. */
  readonly text: string;
  readonly source: StageNode | undefined;
}

function evaluateMount(run: StageRun, command: Command, use: MountUse): void {
  const { mount, source } = use;
  const isContext = mount.from === '';
  if (mount.type === 'secret' || mount.type === 'ssh') return;
  if (!isContext && source && !source.result) {
    if (!run.state.isCircular) reportTooEarly(run, command, source);
    return;
  }
  checkTarget(run, command, mount);
  if (isContext && mount.type === 'cache') return;
  const context = isContext ? undefined : localContextOf(source);
  if (!isContext && context === undefined) return;
  const local = { context, node: isContext ? undefined : source };
  ask(run.state, local, mount.source.text);
  if (mount.type !== 'tmpfs') readMountSource(run, command, { ...use, local });
}

function readMountSource(
  { state, os }: StageRun,
  { range }: Command,
  { mount, text, local }: MountUse & { local: LocalContext },
): void {
  const { context } = local;
  const { source } = mount;
  const place = placeOf(state, range, text);
  const known = source.certainty?.knownPrefix;
  const path = known === undefined ? cleanContextPath(toSlashPath(source.text, os)) : knownFolder(known);
  const variables = namesOf(source.uncertain);
  if (known !== undefined) reportUncertain(state, range, { variables, text });
  addRead(state, local, {
    kind: 'bind',
    path,
    match: 'literal',
    exclude: [],
    ...(context !== undefined && { context }),
    place,
    text,
    ...(source.unset.length > 0 && { unset: source.unset }),
    ...(known !== undefined && { widened: `${variables} is only known when the image is built` }),
  });
}

function reportTooEarly({ state }: StageRun, { range }: Command, source: StageNode): void {
  const message = `cannot mount from stage ${source.name}, it needs to be defined before this stage`;
  reportError(state, range, { message, fix: `move stage ${source.name} above this one`, word: source.name });
}

/** The target is relative to the working directory, and cannot be the root. */
function checkTarget({ state, workdir }: StageRun, { range }: Command, { target }: Mount): void {
  if (target.certainty) return;
  const isAbsolute = target.text.startsWith('/');
  if (!isAbsolute && workdir === undefined) return;
  const path = cleanContextPath(isAbsolute ? target.text : `${workdir}/${target.text}`);
  if (path !== '.') return;
  const message = `invalid mount target ${JSON.stringify(target.text)}`;
  reportError(state, range, {
    message,
    fix: 'add target=<folder below the root> to the mount',
    word: '--mount',
  });
}
