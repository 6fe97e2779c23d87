import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageReport } from '../../packages/docker/src/core/report/image-report.js';
import { folderFiles } from '../support/folder-files.js';
import { nxMajors, repositoryRoot } from '../support/nx-versions.js';
import { nx, run } from '../support/run.js';
import { createWorkspace, type Files } from '../support/workspace.js';

const examples = readdirSync(join(repositoryRoot, 'examples'));
/** Enough of each kind: every file is a command of more than a second. */
const mostUnread = 3;
/** What configures Nx itself changes tasks by more than their inputs. */
const configuration = /(?:^|\/)(?:nx|package(?:-lock)?|project)\.json$|ignore$/;

describe.each([...examples, 'Moltbook itself'])('%s', (name) => {
  describe.each(nxMajors)('with Nx %i', (major) => {
    let root = '';
    let images: ImageReport[] = [];

    /** What changes a base image changes all that start from it. */
    function filesWithBases({ files, baseImages }: ImageReport): string[] {
      const bases = images.filter(({ id }) => baseImages.some(({ builtBy }) => builtBy === id));
      return [...files.map(({ path }) => path), ...bases.flatMap(filesWithBases)];
    }

    beforeAll(async () => {
      root = await createWorkspace({ major, files: await filesOf(name) });
      const projects = JSON.parse(
        (await nx(root, ['show', 'projects', '--with-target', 'docker-build', '--json'])).stdout,
      );
      for (const project of projects as string[]) images = [...images, ...(await explain(root, project))];
    });

    it('is selected by a file of each source of each instruction', async () => {
      expect(images.length).toBeGreaterThan(0);
      for (const { project, target, files } of images) {
        const sources = new Map(files.flatMap(({ path, readBy }) => readBy.map((place) => [place, path])));
        for (const [place, path] of sources)
          expect([place, path, await isSelected(root, { project, target, path })]).toEqual([
            place,
            path,
            true,
          ]);
      }
    });

    if (major >= 24)
      it('is not selected by files that no instruction reads', async () => {
        const all = Object.keys(await filesOf(name)).filter((path) => !configuration.test(path));
        for (const { project, target } of images) {
          // Nx shows projects, so that all images of one count together.
          const read = new Set(images.filter((image) => image.project === project).flatMap(filesWithBases));
          const unread = all.filter((path) => !read.has(path));
          for (const path of everyNth(unread, Math.ceil(unread.length / mostUnread)))
            expect([path, await isSelected(root, { project, target, path })]).toEqual([path, false]);
        }
      });
  });
});

async function filesOf(name: string): Promise<Files> {
  if (name !== 'Moltbook itself') return folderFiles(join(repositoryRoot, 'examples', name));
  const paths = [
    'api',
    'moltbook-frontend',
    'packages/contracts',
    'package.json',
    'package-lock.json',
    'tsconfig.base.json',
  ];
  const { plugins } = JSON.parse(readFileSync(join(repositoryRoot, 'nx.json'), 'utf8'));
  return {
    ...(await folderFiles(repositoryRoot, paths)),
    'nx.json': JSON.stringify({ analytics: false, plugins }),
  };
}

async function explain(root: string, project: string): Promise<ImageReport[]> {
  const { stdout } = await run(['node', 'node_modules/.bin/moltbook-docker', 'explain', project, '--json'], {
    cwd: root,
    env: { NX_DAEMON: 'false' },
  });
  return JSON.parse(stdout) as ImageReport[];
}

async function isSelected(
  root: string,
  { project, target, path }: { project: string; target: string; path: string },
): Promise<boolean> {
  const { stdout } = await nx(root, [
    ...['show', 'projects', '--affected', `--files=${path}`],
    ...['--with-target', target, '--json'],
  ]);
  return (JSON.parse(stdout) as string[]).includes(project);
}

function everyNth<T>(list: readonly T[], step: number): T[] {
  return list.filter((_, index) => index % Math.max(1, step) === 0);
}
