import { readFileSync, statSync } from 'node:fs';
import { readRecords } from '../ci/read-records.js';
import { type PublishedRecord, parsePublishedRecord } from '../core/build/published-record.js';
import { DockerPluginError } from '../core/errors.js';

/**
 * Reads the records that `--from` names: files, and folders at any depth.
 *
 * @throws DockerPluginError FILE_UNREADABLE for what is not there or no record.
 */
export function readFrom(paths: readonly string[]): PublishedRecord[] {
  return paths.flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) throw noRecord(`${path} is not there`);
    if (stat.isDirectory()) return readRecords(path);
    const record = parsePublishedRecord(readFileSync(path, 'utf8'));
    if (!record) throw noRecord(`${path} is no record of a build`);
    return [record];
  });
}

function noRecord(message: string): DockerPluginError {
  return new DockerPluginError({
    code: 'FILE_UNREADABLE',
    severity: 'error',
    message,
    fix: 'give a file that a build has written, or a folder of them, such as dist/docker',
  });
}
