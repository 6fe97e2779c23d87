import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { manifestBytes } from './manifest-bytes.js';

it('says why a file cannot be read', () => {
  const root = temporaryWorkspace({ 'pod.yml': 'kind: Pod' });
  symlinkSync('gone.yml', join(root, 'link.yml'));
  mkdirSync(join(root, 'folder.yml'));
  expect(manifestBytes(root, 'pod.yml').toString()).toBe('kind: Pod');
  expect(() => manifestBytes(root, 'link.yml')).toThrow(
    'link.yml is a link that leads nowhere (FILE_UNREADABLE)',
  );
  expect(() => manifestBytes(root, 'folder.yml')).toThrow(
    'folder.yml cannot be read: EISDIR (FILE_UNREADABLE)',
  );
});
