import { formatFileReport } from './format-file-report.js';
import type { FileInImage } from './image-report.js';

const nothing = { role: null, reads: [], rule: null } as const;

it.each<[FileInImage, string]>([
  [
    { id: 'a:b', ...nothing, answer: 'read', reads: [{ place: 'a/Dockerfile:2', source: 'src' }] },
    'reads it by a/Dockerfile:2: src',
  ],
  [{ id: 'a:b', ...nothing, answer: 'read', role: 'Dockerfile' }, 'is built by it: it is the Dockerfile'],
  [
    { id: 'a:b', ...nothing, answer: 'ignored', rule: { place: '.dockerignore:3', text: '*.md' } },
    'does not read it: .dockerignore:3 keeps it out (*.md)',
  ],
  [{ id: 'a:b', ...nothing, answer: 'unread' }, 'no instruction copies or mounts it'],
  [{ id: 'a:b', ...nothing, answer: 'outside' }, 'It is in no build context of the other image.'],
])('explains %j', (image, text) => {
  expect(formatFileReport({ kind: 'file', path: 'README.md', images: [image] })).toContain(text);
});
