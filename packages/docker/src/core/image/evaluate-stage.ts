import type { Instruction } from '../dockerfile/dockerfile.js';
import type { Fault } from '../dockerfile/instruction-flags.js';
import { evaluateCopy } from './evaluate-copy.js';
import { evaluateMounts } from './evaluate-mounts.js';
import { type EvaluationState, placeOf, reportError } from './evaluation-state.js';
import { expandArgument, valueOfArgument } from './expand-argument.js';
import { givenValue, readArgs } from './global-args.js';
import { checkPort, checkSignal } from './instruction-values.js';
import { parsePort } from './parse-port.js';
import { type Command, type Origin, platformOf, type StageNode, type StageResult } from './stage-node.js';
import type { StageRun } from './stage-run.js';
import { createScope, inheritScope } from './variable-scope.js';

/** Evaluates the commands of a stage; the stage it is built from has been evaluated before. */
export function evaluateStage(state: EvaluationState, node: StageNode): StageResult {
  const run = startRun(state, node);
  for (const command of node.commands) evaluateCommand(run, command);
  return { scope: run.scope, workdir: run.workdir, ports: run.ports };
}

function startRun(state: EvaluationState, node: StageNode): StageRun {
  const { os } = platformOf(node, state.platform);
  const base = node.base?.result;
  if (base)
    return {
      state,
      node,
      scope: inheritScope(base.scope),
      os,
      workdir: base.workdir,
      ports: [...base.ports],
    };
  const isOpen = state.isBaseUnknown && mayHaveConfig(node.origin);
  return {
    state,
    node,
    scope: createScope({ isOpen, os }),
    os,
    workdir: isOpen ? undefined : '/',
    ports: [],
  };
}

/** An image sets variables and a working directory; a local folder or nothing at all does not. */
function mayHaveConfig(origin: Origin): boolean {
  if (origin.kind === 'context') return origin.context.kind === 'other';
  return origin.kind !== 'scratch';
}

/** Other instructions only change the configuration of the image. */
const evaluators: Readonly<Record<string, (run: StageRun, command: Command) => void>> = {
  ADD: evaluateCopy,
  ARG: evaluateArg,
  COPY: evaluateCopy,
  ENV: evaluateEnv,
  EXPOSE: evaluateExpose,
  LABEL: checkExpanded,
  RUN: evaluateMounts,
  STOPSIGNAL: checkExpanded,
  USER: checkExpanded,
  VOLUME: checkExpanded,
  WORKDIR: evaluateWorkdir,
};

function evaluateCommand(run: StageRun, command: Command): void {
  const { keyword } = command.instruction;
  if (Object.hasOwn(evaluators, keyword)) evaluators[keyword]?.(run, command);
}

/** All values see the variables as they were before the instruction. */
function evaluateEnv(run: StageRun, command: Command): void {
  const { args } = command.instruction;
  const values = [];
  for (let i = 0; i + 2 < args.length; i += 3) {
    const name = expandArgument(run, command, args[i] ?? '');
    const value = expandArgument(run, command, args[i + 1] ?? '');
    if (name && value) values.push({ name: name.text, value: valueOfArgument(value) });
  }
  for (const { name, value } of values) run.scope.values.set(name, value);
}

/** A build argument wins over the default, and that over the ARG before the first FROM. */
function evaluateArg(run: StageRun, command: Command): void {
  const { buildArgs, globalArgs } = run.state;
  for (const { name, value } of readArgs(command.instruction.args)) {
    const isGiven = typeof buildArgs.get(name) === 'string';
    const expanded = value === undefined || isGiven ? undefined : expandArgument(run, command, value);
    const fallback = value === undefined ? globalArgs.get(name) : expanded && valueOfArgument(expanded);
    const result = givenValue(buildArgs, name, fallback) ?? fallback;
    if (result) run.scope.values.set(name, result);
  }
}

function evaluateWorkdir(run: StageRun, command: Command): void {
  const path = expandArgument(run, command, command.instruction.args[0] ?? '');
  if (!path || path.certainty) run.workdir = undefined;
  else if (path.text.startsWith('/') || run.os === 'windows') run.workdir = path.text;
  else if (run.workdir !== undefined) run.workdir = `${run.workdir}/${path.text}`;
}

function evaluateExpose(run: StageRun, command: Command): void {
  for (const arg of command.instruction.args) {
    const value = expandArgument(run, command, arg);
    if (!value || value.certainty) continue;
    const fault = checkPort(value.text);
    if (fault) reportError(run.state, command.range, { word: arg, ...fault });
    const ports = value.text.split(/\s+/).flatMap((word) => parsePort(word) ?? []);
    const place = placeOf(run.state, command.range, arg);
    run.ports.push(...ports.map((port) => ({ ...port, place })));
  }
}

function checkExpanded(run: StageRun, command: Command): void {
  const { keyword } = command.instruction;
  for (const arg of expandableArguments(command.instruction)) {
    const value = expandArgument(run, command, arg);
    if (!value || value.certainty) continue;
    const fault = checkValue(keyword, value.text);
    if (fault) reportError(run.state, command.range, { word: arg, ...fault });
  }
}

function checkValue(keyword: string, text: string): Fault | undefined {
  if (keyword === 'STOPSIGNAL') return checkSignal(text);
  if (keyword !== 'VOLUME' || text !== '') return undefined;
  return { message: 'VOLUME specified can not be an empty string', fix: 'give the variable a value' };
}

/** The separators of LABEL are no words. */
function expandableArguments({ keyword, args }: Instruction): readonly string[] {
  return keyword === 'LABEL' ? args.filter((_, index) => index % 3 !== 2) : args;
}
