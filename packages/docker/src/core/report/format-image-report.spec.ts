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
    {
      imageRef: 'node:20',
      uses: [
        { how: 'FROM', place: 'api/Dockerfile:3' },
        { how: 'FROM', place: 'api/Dockerfile:9' },
        { how: 'RUN --mount', place: 'api/Dockerfile:12' },
      ],
      builtBy: null,
    },
    {
      imageRef: 'acme/base',
      uses: [{ how: 'COPY --from', place: 'api/Dockerfile:4' }],
      builtBy: 'base:docker-build',
    },
  ],
  downloads: [{ url: 'https://acme.com/tool.tgz', isPinned: true, place: 'api/Dockerfile:6' }],
  producers: ['web:build'],
  reads: [
    {
      place: 'api/Dockerfile:5',
      kind: 'COPY',
      source: 'libs',
      context: null,
      files: 1,
      bytes: 1400,
      widened: null,
    },
  ],
  files: [{ path: 'api/Dockerfile', bytes: 90, mode: 'file', role: 'Dockerfile', readBy: [] }, copied],
  bytes: 1490,
  problems: [{ code: 'ADVICE', severity: 'warning', message: 'rarely meant', fix: 'change it' }],
};

it('formats a report', () => {
  expect(formatImageReport(report)).toBe(`api:docker-build
builds ghcr.io/acme/api from api/Dockerfile

  Build context  . (the workspace root)
                 libs can be found there
                 10 files, 5.0 kB without an ignore file
  Ignore file    none
  Stages         unused  FROM scratch  not built
                 1       FROM node:20  the target
  Base images    node:20    external                    FROM         api/Dockerfile:3, 9
                                                        RUN --mount  api/Dockerfile:12
                 acme/base  built by base:docker-build  COPY --from  api/Dockerfile:4
  Downloads      https://acme.com/tool.tgz  api/Dockerfile:6
  Built before   web:build

Reads 2 files, 1.5 kB           files    size
  api/Dockerfile:5  COPY  libs      1  1.4 kB

All files
    90 B  api/Dockerfile  the Dockerfile
  1.4 kB  libs/a.js       api/Dockerfile:5

0 errors, 1 warning

warning: rarely meant (ADVICE)
  Fix: change it
`);
});

it('says where a named context is read, and where more may be read than needed', () => {
  const read = { place: 'a/Dockerfile:2', kind: 'COPY', files: 12, bytes: 5, widened: null } as const;
  const text = formatImageReport({
    ...report,
    reads: [
      { ...read, source: 'src', context: 'shared' },
      { ...read, source: '$X', context: null, widened: 'unknown' },
    ],
  });
  expect(text).toContain('a/Dockerfile:2  COPY  src of shared     12   5 B\n');
  expect(text).toContain('a/Dockerfile:2  COPY  $X                12   5 B  at most\n');
});

it('puts the title above the columns where it would be in their way', () => {
  const read = { place: 'D:1', kind: 'ADD', source: 'x', context: null, widened: null } as const;
  const text = formatImageReport({ ...report, reads: [{ ...read, files: 1, bytes: 1 }] });
  expect(text).toContain('\nReads 2 files, 1.5 kB\n               files  size\n  D:1  ADD  x      1   1 B\n');
});

it('fits into 100 columns whatever it is about, but for problems', () => {
  const long = (name: string) => `${'some-folder/'.repeat(9)}${name}`;
  const dockerfile = long('Dockerfile');
  const text = formatImageReport({
    ...report,
    dockerfile: 'Dockerfile',
    buildContext: { ...report.buildContext, reason: 'a long word '.repeat(20) },
    stages: [
      { index: 0, name: 'x', base: long(`x@sha256:${'a'.repeat(64)}`), isBuilt: true, isTarget: true },
    ],
    baseImages: [
      {
        imageRef: long('node'),
        uses: [{ how: 'COPY --from', place: `${dockerfile}:3` }],
        builtBy: long('b'),
      },
    ],
    downloads: [{ url: long('tool.tgz'), isPinned: false, place: `${dockerfile}:12` }],
    reads: [
      {
        place: `${dockerfile}:120`,
        kind: 'RUN --mount',
        source: long('*.ts'),
        context: null,
        files: 1e6,
        bytes: 1e9,
        widened: '?',
      },
    ],
    files: [{ ...copied, path: long('a.ts'), readBy: [`${dockerfile}:120`, `${dockerfile}:121`] }],
  });
  const lines = text.split('\n');
  expect(lines.filter((line) => [...line].length > 100)).toEqual([]);
  expect(text).toContain('Dockerfile:120  RUN --mount');
});

it('paints titles and labels on a terminal', () => {
  const terminal = { paint: (style: string, text: string) => `<${style}>${text}</>` };
  const text = formatImageReport(report, { terminal });
  expect(text).toContain('<bold>api:docker-build</>\n');
  expect(text).toContain('\n  <dim>Ignore file</>    none\n');
  expect(text).toContain('<bold>Reads 2 files, 1.5 kB</><dim>           files    size</>');
});

it('shows the largest of many files, and all when asked', () => {
  const files = Array.from({ length: 9 }, (_, i) => ({ ...copied, path: `f${i}`, bytes: i }));
  expect(formatImageReport({ ...report, files })).not.toContain('f0');
  expect(formatImageReport({ ...report, files })).toContain('f8');
  expect(formatImageReport({ ...report, files }, { allFiles: true })).toContain('f0');
});

it('says nothing about problems where there are none', () => {
  expect(formatImageReport({ ...report, problems: [] })).toMatch(/api\/Dockerfile:5\n$/);
});
