import { formatImageReport } from './format-image-report.js';
import type { ImageReport } from './image-report.js';

const copied = {
  path: 'libs/a.js',
  bytes: 1400,
  mode: 'file',
  role: null,
  readBy: ['api/Dockerfile:5'],
} as const;
const report: ImageReport = {
  kind: 'image',
  id: 'api:docker-build',
  project: 'api',
  target: 'docker-build',
  image: 'ghcr.io/acme/api',
  dockerfile: 'api/Dockerfile',
  buildContext: {
    folder: '.',
    reason: 'libs can be found there',
    ignoreFile: null,
    files: 10,
    bytes: 5000,
  },
  stages: [
    { index: 0, name: 'unused', base: 'scratch', isBuilt: false, isTarget: false },
    { index: 1, name: '', base: 'node:20', isBuilt: true, isTarget: true },
  ],
  baseImages: [
    { imageRef: 'node:20', uses: [{ how: 'FROM', place: 'api/Dockerfile:3' }], builtBy: null },
    {
      imageRef: 'acme/base',
      uses: [{ how: 'COPY --from', place: 'api/Dockerfile:4' }],
      builtBy: 'base:docker-build',
    },
  ],
  producers: ['web:build'],
  reads: [{ place: 'api/Dockerfile:5', kind: 'COPY', source: 'libs', files: 1, bytes: 1400, widened: null }],
  files: [{ path: 'api/Dockerfile', bytes: 90, mode: 'file', role: 'Dockerfile', readBy: [] }, copied],
  bytes: 1490,
  problems: [{ code: 'ADVICE', severity: 'warning', message: 'rarely meant', fix: 'change it' }],
};

it('formats a report', () => {
  expect(formatImageReport(report)).toBe(`api:docker-build  ghcr.io/acme/api

  Dockerfile     api/Dockerfile
  Build context  . (the workspace root)
                 libs can be found there
  Ignore file    none
  Stages         1 from node:20, the target stage
  Not built      unused from scratch
  Base images    node:20  external  (FROM in api/Dockerfile:3)
                 acme/base  built by base:docker-build  (COPY --from in api/Dockerfile:4)
  Made before    web:build

The build reads 2 files, 1.5 kB.
  read by                 source  files    size
  api/Dockerfile:5  COPY  libs        1  1.4 kB

Files
    90 B  api/Dockerfile  the Dockerfile
  1.4 kB  libs/a.js       api/Dockerfile:5

warning: rarely meant (ADVICE)
  Fix: change it
`);
});

it('wraps a long reason below 100 columns', () => {
  const reason = 'a long word '.repeat(20).trim();
  const text = formatImageReport({ ...report, buildContext: { ...report.buildContext, reason } });
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(100);
});

it('shows the largest of many files, and all when asked', () => {
  const files = Array.from({ length: 9 }, (_, i) => ({ ...copied, path: `f${i}`, bytes: i }));
  expect(formatImageReport({ ...report, files })).not.toContain('f0');
  expect(formatImageReport({ ...report, files })).toContain('f8');
  expect(formatImageReport({ ...report, files }, { allFiles: true })).toContain('f0');
});
