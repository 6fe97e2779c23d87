import { formatTable } from './format-table.js';

export interface BuiltRow {
  readonly id: string;
  readonly platform: string | null;
  /** What the build left; `undefined` if it failed. */
  readonly record:
    | {
        readonly imageRef: string;
        readonly pushed?: boolean;
        readonly unchanged?: boolean;
        readonly duration: number;
      }
    | undefined;
}

/** One line for each image: what came of it, and how long that took. */
export function formatBuilt(rows: readonly BuiltRow[]): string {
  const cells = rows.map(({ id, platform, record }) => [
    id,
    platform ?? '',
    record ? (record.unchanged ? 'unchanged' : record.pushed ? 'pushed' : 'built') : 'failed',
    record ? `${(record.duration / 1000).toFixed(1)} s` : '',
    record?.imageRef ?? '',
  ]);
  return formatTable(cells, { columns: [{}, {}, {}, { align: 'right' }] })
    .map((line) => `${line}\n`)
    .join('');
}
