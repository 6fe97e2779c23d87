import { formatTable } from '../core/report/format-table.js';
import { readTerminal } from '../host/read-terminal.js';
import { listPins, type PinUse } from '../reports/workflow/list-pins.js';
import { updatePins } from '../reports/workflow/update-pins.js';
import { type Command, print, requireNoNames, type Values } from './command.js';

export const pinsCommand: Command = {
  usage: `
  pins
      The actions that the workflows of this repository use, with their commits. Fails where one
      can move, does not say its version, or is known to steal secrets.
        --update                  takes the newest releases of the same major versions
        --json                    writes JSON
`,
  options: { update: { type: 'boolean' }, json: { type: 'boolean' } },
  run: runPins,
};

async function runPins(names: readonly string[], { update, json }: Values): Promise<number> {
  requireNoNames(names);
  const updates = update ? await updatePins() : [];
  const uses = listPins();
  const isFine = uses.every(({ fault }) => fault === undefined);
  if (json) print(`${JSON.stringify(update ? { updates, uses } : { uses }, null, 2)}\n`);
  else print(update ? describeUpdates(updates) : describeUses(uses));
  return isFine ? 0 : 1;
}

function describeUpdates(updates: Awaited<ReturnType<typeof updatePins>>): string {
  if (updates.length === 0)
    return 'All actions of the generated workflow are the newest of their major version.\n';
  return updates.map(({ action, from, to }) => `${action} ${from} -> ${to}\n`).join('');
}

/** One row for each action at each commit, with its first place. */
function describeUses(uses: readonly PinUse[]): string {
  const groups = groupBy(uses, rowKey);
  const rows = [...groups.values()].map((group) => {
    const [first] = group as [PinUse, ...PinUse[]];
    const more = group.length > 1 ? ` and ${group.length - 1} more` : '';
    return [
      first.action,
      first.version,
      first.ref.slice(0, 40),
      `${first.file}:${first.line}${more}`,
      first.fault ?? '',
    ];
  });
  if (rows.length === 0) return 'There is no workflow in .github/workflows that uses an action.\n';
  return `${formatTable(rows, { terminal: readTerminal() }).join('\n')}\n`;
}

function rowKey({ action, ref, version }: PinUse): string {
  return `${action} ${ref} ${version}`;
}

function groupBy<T>(values: readonly T[], key: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value]);
  return groups;
}
