import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { nxMajors } from '../support/nx-versions.js';
import { git, nx } from '../support/run.js';
import { commitAll, createWorkspace, type Files, writeFiles } from '../support/workspace.js';

const files: Files = {
  '.npmrc': 'fund=false',
  'README.md': '# Workspace',
  'tools/script.sh': { run: '#!/bin/sh\n' },
  'apps/web/project.json': '{"name":"web"}',
  'apps/web/Dockerfile': [
    'FROM scratch AS unused',
    'COPY docs /docs',
    'FROM scratch AS build',
    'ARG LIB=libs/shared',
    'COPY .npmrc ./',
    'COPY apps/web/ ./web/',
    'COPY ${LIB}/src ./shared/',
    'COPY libs/*/package.json ./manifests/',
    'RUN --mount=type=bind,source=tools/script.sh,target=/script.sh /script.sh',
    'FROM scratch',
    'COPY --from=build /web /web',
  ].join('\n'),
  'apps/web/Dockerfile.dockerignore': [
    '**',
    '!.npmrc',
    '!apps/web',
    '!libs',
    '!tools',
    '**/*.spec.ts',
    'apps/web/notes',
  ].join('\n'),
  'apps/web/app/(auth)/[slug]/page.tsx': 'page',
  'apps/web/app/(auth)/[slug]/page.spec.ts': 'spec',
  'apps/web/app/@modal/a+b {c}.tsx': 'page',
  'apps/web/app/ünïcode.ts': 'page',
  'apps/web/notes/todo.txt': 'notes',
  'libs/shared/project.json': '{"name":"shared"}',
  'libs/shared/package.json': '{"name":"shared"}',
  'libs/shared/src/index.ts': 'lib',
  'libs/shared/src/index.spec.ts': 'spec',
  'libs/shared/src/deep/.config': 'lib',
  'libs/shared/README.md': '# Shared',
  'libs/other/package.json': '{"name":"other"}',
  'libs/other/src/index.ts': 'other',
  'docs/guide.md': '# Guide',
};

const inputs = [
  'apps/web/Dockerfile',
  'apps/web/Dockerfile.dockerignore',
  'apps/web/app/(auth)/[slug]/page.tsx',
  'apps/web/app/@modal/a+b {c}.tsx',
  'apps/web/app/ünïcode.ts',
  'libs/shared/src/index.ts',
  'libs/shared/src/deep/.config',
  'libs/other/package.json',
  '.npmrc',
  'tools/script.sh',
];
const notInputs = [
  'README.md',
  'apps/web/app/(auth)/[slug]/page.spec.ts',
  'apps/web/notes/todo.txt',
  'docs/guide.md',
  'libs/other/src/index.ts',
  'libs/shared/README.md',
  'libs/shared/src/index.spec.ts',
];

describe.each(nxMajors)('with Nx %i', (major) => {
  let root = '';
  beforeAll(async () => {
    root = await createWorkspace({ major, files });
  });

  it.each(inputs)('%s selects the image', async (file) => {
    expect(await affected('--files', file)).toContain('web');
  });

  if (major >= 24)
    it.each(notInputs)('%s does not select the image', async (file) => {
      expect(await affected('--files', file)).not.toContain('web');
    });

  it.each<[string, () => void]>([
    ['a file that is added', () => writeFiles(root, { 'libs/shared/src/new/added.ts': 'new' })],
    ['a file that is deleted', () => rmSync(join(root, 'libs/shared/src/deep/.config'))],
    [
      'a file that is deleted beside an ignored one',
      () => rmSync(join(root, 'apps/web/app/(auth)/[slug]/page.tsx')),
    ],
    [
      'a manifest of a new library',
      () => writeFiles(root, { 'libs/third/package.json': '{"name":"third"}' }),
    ],
  ])('%s selects the image', async (_, change) => {
    change();
    await commitAll(root, 'Change');
    const selected = await affected('--base=HEAD~1', '--head=HEAD');
    await git(root, 'reset', '--quiet', '--hard', 'HEAD~1');
    expect(selected).toContain('web');
  });

  it.each<[string, string]>([
    ['mode', 'tools/script.sh'],
    ['link', 'libs/shared/src/link.ts'],
  ])('a changed %s selects the image', async (_, file) => {
    writeFiles(root, { 'libs/shared/src/link.ts': { link: 'index.ts' } });
    await commitAll(root, 'Add a link');
    if (file.endsWith('.sh')) await git(root, 'update-index', '--chmod=-x', file);
    else {
      rmSync(join(root, file));
      writeFiles(root, { [file]: { link: 'deep/.config' } });
      await git(root, 'add', file);
    }
    await git(root, 'commit', '--quiet', '--message', 'Change');
    const selected = await affected('--base=HEAD~1', '--head=HEAD');
    await git(root, 'reset', '--quiet', '--hard', 'HEAD~2');
    expect(selected).toContain('web');
  });

  async function affected(...args: string[]): Promise<string[]> {
    const { stdout } = await nx(root, [
      'show',
      'projects',
      '--affected',
      '--with-target',
      'docker-build',
      '--json',
      ...args,
    ]);
    return JSON.parse(stdout) as string[];
  }
});
