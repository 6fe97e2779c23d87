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
  [{ id: 'a:b', ...nothing, answer: 'outside' }, 'It is in the build context of no image.'],
])('explains %j', (image, text) => {
  expect(formatFileReport({ kind: 'file', path: 'README.md', images: [image] })).toContain(text);
});

it('counts the images that cannot see the file', () => {
  const outside = { id: 'b:b', ...nothing, answer: 'outside' } as const;
  const images = [{ id: 'a:b', ...nothing, answer: 'unread' } as const, outside, outside];
  expect(formatFileReport({ kind: 'file', path: 'a/README.md', images })).toBe(`a/README.md

  a:b  does not read it: it is in the build context, but no instruction copies or mounts it
  It is not in the build context of the 2 other images.
`);
});

it('aligns images, and breaks long explanations within 100 columns', () => {
  const source = 'packages/some-library-with-a-name/src';
  const reads = [{ place: 'applications/some-application/Dockerfile:12', source }];
  const images = [
    { id: 'some-application:docker-build', ...nothing, answer: 'read', reads } as const,
    { id: 'b:docker-build', ...nothing, answer: 'unread' } as const,
  ];
  expect(formatFileReport({ kind: 'file', path: 'packages/x', images })).toBe(`packages/x

  some-application:docker-build  reads it by applications/some-application/Dockerfile:12:
                                 packages/some-library-with-a-name/src
  b:docker-build                 does not read it: it is in the build context, but no instruction
                                 copies or mounts it
`);
});
