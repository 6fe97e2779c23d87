import { formatSimulation } from '../core/simulate/format-simulation.js';
import { type EventKind, eventKinds } from '../core/simulate/make-event.js';
import { readTerminal } from '../host/read-terminal.js';
import { simulate } from '../reports/workflow/simulate.js';
import {
  type Command,
  print,
  requireNoNames,
  requireText,
  textOf,
  UsageError,
  type Values,
} from './command.js';

export const simulateCommand: Command = {
  usage: `
  simulate
      Which jobs of the CI workflow an event would start, with their permissions, matrix and images,
      and why the others would not run. Nothing is run.
        --event <kind>            ${eventKinds.slice(0, 4).join(', ')},
                                  ${eventKinds.slice(4).join(' or ')}
        --workflow <file>         instead of the generated one
        --base <revision>, --head <revision>
                                  what was there before, and what is new
        --images <a,b>            the projects that a run by hand names, or all
        --force                   a run by hand that builds what is published, too
        --registry                asks the registry what is published, as the workflow does
        --json                    writes JSON
`,
  options: {
    event: { type: 'string' },
    workflow: { type: 'string' },
    base: { type: 'string' },
    head: { type: 'string' },
    images: { type: 'string' },
    force: { type: 'boolean' },
    registry: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: runSimulate,
};

async function runSimulate(names: readonly string[], values: Values): Promise<number> {
  requireNoNames(names);
  const kind = kindOf(requireText(values, 'event'));
  const images = textOf(values, 'images');
  const force = values.force === true;
  if (kind !== 'dispatch' && (images !== undefined || force))
    throw new UsageError('--images and --force are for --event dispatch');
  const report = await simulate({
    kind,
    workflow: textOf(values, 'workflow'),
    base: textOf(values, 'base'),
    head: textOf(values, 'head'),
    images,
    force,
    registry: values.registry === true,
  });
  return print(
    values.json ? `${JSON.stringify(report, null, 2)}\n` : formatSimulation(report, readTerminal()),
  );
}

function kindOf(text: string): EventKind {
  const kind = eventKinds.find((each) => each === text);
  if (kind) return kind;
  throw new UsageError(`--event takes ${eventKinds.join(', ')}`);
}
