import { expandWord } from '../dockerfile/expand-word.js';
import { parseHeredocWord } from '../dockerfile/heredoc-words.js';
import { type FlagValues, flagValue, readFlags } from '../dockerfile/instruction-flags.js';
import { ask, placeOf, reportError } from './evaluation-state.js';
import { type ExpandedArgument, expandArgument } from './expand-argument.js';
import { explainExpansion } from './explain-expansion.js';
import { checkDigest, checkMode } from './instruction-values.js';
import { type CopyFlags, readCopySource } from './read-copy-source.js';
import { classifyRemote } from './remote-source.js';
import type { Command } from './stage-node.js';
import type { StageRun } from './stage-run.js';
import { lookUp } from './variable-scope.js';

/** Evaluates a COPY or ADD: which files of which context, which URLs. */
export function evaluateCopy(run: StageRun, command: Command): void {
  const { keyword, args } = command.instruction;
  const values = readFlags(command.instruction.flags);
  const flags = expandFlags(run, command, values);
  const sources = [];
  for (const text of args.slice(0, -1)) {
    const { heredoc } = parseHeredocWord(text);
    if (heredoc) {
      if (heredoc.expand) checkHeredocBody(run, command, heredoc.name);
      continue;
    }
    const expanded = expandArgument(run, command, text);
    if (expanded) sources.push({ text, expanded });
  }
  expandArgument(run, command, args.at(-1) ?? '');
  if (!isEvaluatedBefore(run, command)) return;
  const checksum = flags.checksum?.text ?? '';
  if (checksum !== '' && sources.length !== 1) reportManySources(run, command, sources.length);
  for (const { text, expanded } of sources) {
    if (isRemote(run, command, { text, expanded, checksum }) && !mayBeLocal(expanded)) continue;
    if (checksum !== '') reportLocalChecksum(run, command, text);
    readCopySource(run, command, { keyword: keyword === 'ADD' ? 'ADD' : 'COPY', text, expanded, flags });
  }
}

function expandFlags(run: StageRun, command: Command, values: FlagValues): CopyFlags {
  const expand = (name: string): ExpandedArgument | undefined =>
    expandArgument(run, command, flagValue(values, name));
  expand('chown');
  const mode = expand('chmod');
  if (mode && mode.text !== '' && !mode.certainty) {
    const fault = checkMode(mode.text);
    if (fault) reportError(run.state, command.range, { ...fault, word: flagValue(values, 'chmod') });
  }
  const exclude = (values.get('exclude') ?? []).map((pattern) => expandArgument(run, command, pattern));
  const parents = flagValue(values, 'parents').toLowerCase() === 'true';
  return { exclude, parents, checksum: expand('checksum') };
}

/** Quotes are data in a heredoc, and only a backslash escapes. */
function checkHeredocBody(run: StageRun, command: Command, name: string): void {
  const heredoc = command.instruction.heredocs.filter((candidate) => candidate.name === name).at(-1);
  if (!heredoc) return;
  const { failure } = expandWord(heredoc.content, (key) => lookUp(run.scope, key), { quotes: 'ignore' });
  if (failure === undefined) return;
  const { message } = explainExpansion(`<<${name}`, failure);
  const fix = `write <<"${name}" so that $ is data in its body, or \\$ for a plain dollar`;
  reportError(run.state, command.range, { message, fix, word: name });
}

/** The stage or image in --from has to be there already. */
function isEvaluatedBefore(run: StageRun, command: Command): boolean {
  const [source] = command.sources;
  if (!source || source.result) return true;
  if (run.state.isCircular) return false;
  const name = source.name || String(source.index);
  const message = `cannot copy from stage ${name}, it needs to be defined before this stage`;
  reportError(run.state, command.range, {
    message,
    fix: `move stage ${name} above this one`,
    word: source.name,
  });
  return false;
}

function isRemote(
  run: StageRun,
  command: Command,
  { text, expanded, checksum }: { text: string; expanded: ExpandedArgument; checksum: string },
): boolean {
  const url = expanded.text;
  const remote = classifyRemote(url);
  if (!remote) return false;
  const { state } = run;
  if (command.instruction.keyword === 'COPY') {
    const message = `the source of a COPY can't be a ${remote.kind === 'git' ? 'git reference' : 'URL'}`;
    reportError(state, command.range, {
      message,
      fix: 'write ADD instead of COPY, or copy a file',
      word: text,
    });
    return true;
  }
  if (remote.kind === 'http' && checksum !== '') {
    const fault = checkDigest(checksum);
    if (fault) reportError(state, command.range, { ...fault, word: checksum });
  }
  if (!/^https?:\/\//.test(url)) ask(state, { context: undefined }, url);
  const isPinned = remote.isPinned || checksum !== '';
  state[remote.kind].push({ url, pinned: isPinned, place: placeOf(state, command.range, text) });
  return true;
}

/** A source is a URL for sure only if what is certain of it makes it one. */
function mayBeLocal({ certainty }: ExpandedArgument): boolean {
  return certainty !== undefined && !classifyRemote(certainty.knownPrefix);
}

function reportManySources({ state }: StageRun, { range }: Command, count: number): void {
  const message = `--checksum can't be specified for ${count} sources`;
  reportError(state, range, {
    message,
    fix: 'write one ADD with one --checksum for each URL',
    word: '--checksum',
  });
}

function reportLocalChecksum({ state }: StageRun, { range }: Command, text: string): void {
  const message = `--checksum requires an HTTP(S) or git source, not ${text}`;
  reportError(state, range, { message, fix: 'remove --checksum', word: '--checksum' });
}
