import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Action } from './run-action.js';

/** Signs digests that a file lists. It needs an identity and the right to store what it signed. */
export const attest: Action = {
  inputs: ['push-to-registry', 'subject-checksums'],
  run: (runner, { inputs }) => {
    for (const scope of ['id-token', 'attestations'])
      if (runner.permissions[scope] !== 'write') throw new Error(`missing "${scope}" permission`);
    const file = resolve(runner.workspace, inputs['subject-checksums'] ?? '');
    if (!existsSync(file)) throw new Error(`subject checksums file not found: ${file}`);
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
    if (lines.length === 0) throw new Error('no subjects found');
    if (lines.length > 1024)
      throw new Error('too many subjects specified. The maximum number of subjects is 1024.');
    const subjects = lines.map((line) => {
      const [, digest, name] = /^([0-9a-f]{64})\s[\s*](.+)$/.exec(line) ?? [];
      if (digest === undefined || name === undefined) throw new Error(`invalid checksum line: ${line}`);
      return { name, digest: `sha256:${digest}` };
    });
    runner.github.attestations.push(...subjects);
    return {};
  },
};
