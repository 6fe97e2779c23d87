import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PublishedRecord, parsePublishedRecord } from '../core/build/published-record.js';
import { DockerPluginError } from '../core/errors.js';

/**
 * Reads all records below a folder, at any depth, by path: artifacts of several jobs lie side by side or in each other.
 * A folder that is not there has none: a CI hands over nothing where no job has built anything.
 *
 * @throws DockerPluginError FILE_UNREADABLE for a JSON file that is no record.
 */
export function readRecords(folder: string): PublishedRecord[] {
  return jsonFiles(folder).map((path) => {
    const record = parsePublishedRecord(readFileSync(path, 'utf8'));
    if (record) return record;
    throw new DockerPluginError({
      code: 'FILE_UNREADABLE',
      severity: 'error',
      message: `${path} is no record of a build`,
      fix: 'give the folder that moltbook-docker ci build --out has filled, and nothing else in it',
    });
  });
}

/** The record of an image for a platform, `null` for the platform of the machine that built it. */
export function findRecord(
  records: readonly PublishedRecord[],
  id: string,
  platform: string | null,
): PublishedRecord | undefined {
  return records.find(
    ({ project, target, platforms }) => `${project}:${target}` === id && (platforms[0] ?? null) === platform,
  );
}

/**
 * The record of a base for a build on a platform: of that platform, else of one for all, else of the processor of this
 * machine, which a build without a platform takes.
 */
export function findBaseRecord(
  records: readonly PublishedRecord[],
  id: string,
  platform: string | null,
): PublishedRecord | undefined {
  const processor = process.arch === 'x64' ? 'amd64' : process.arch;
  return (
    findRecord(records, id, platform) ??
    findRecord(records, id, null) ??
    (platform === null ? findRecord(records, id, `linux/${processor}`) : undefined)
  );
}

function jsonFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.json'))
      .sort()
      .map((path) => join(folder, path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
