import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findEngine } from './find-engine.js';

const originalPath = process.env.PATH ?? '';
afterEach(() => {
  process.env.PATH = originalPath;
});

/** Real executables in real folders of PATH, each answering as the tool of that name would. */
function pathWith(...tools: [name: string, script: string][]): string {
  const folders = tools.map(([name, script]) => {
    const folder = mkdtempSync(join(tmpdir(), 'find-engine-'));
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return folder;
  });
  process.env.PATH = [...folders, '/bin-that-is-not-there'].join(delimiter);
  return folders.join(delimiter);
}

const withBuildx =
  'case $1 in version) echo 28.5.2;; buildx) echo "github.com/docker/buildx 0.29.1 abc";; esac';
const withoutBuildx = 'case $1 in version) echo 20.10.24;; *) echo "Usage: docker"; exit 0;; esac';
const withoutServer = 'echo "Cannot connect to the Docker daemon" >&2; exit 1';

it('takes a docker with buildx', async () => {
  pathWith(['docker', withBuildx]);
  expect(await findEngine()).toMatchObject({ kind: 'buildx', description: 'Docker 28.5.2, buildx 0.29.1' });
});

it('prefers a docker with buildx that stands later in PATH', async () => {
  const folders = pathWith(['docker', withoutBuildx], ['docker', withBuildx]);
  expect((await findEngine()).file).toBe(join(folders.split(delimiter)[1] ?? '', 'docker'));
});

it('takes a docker without buildx where there is no better one', async () => {
  pathWith(['docker', withoutBuildx]);
  expect(await findEngine()).toMatchObject({ kind: 'docker', description: 'Docker 20.10.24 without buildx' });
});

it('takes podman where docker has no server', async () => {
  pathWith(['docker', withoutServer], ['podman', 'echo 4.3.1']);
  expect(await findEngine()).toMatchObject({ kind: 'podman', description: 'Podman 4.3.1' });
});

it('takes buildah where nothing else is there', async () => {
  pathWith(['buildah', `echo '{"version": "1.28.2"}'`]);
  expect(await findEngine()).toMatchObject({ kind: 'buildah', description: 'Buildah 1.28.2' });
});

it('says what it tried where nothing works', async () => {
  pathWith(['docker', withoutServer]);
  const error = await findEngine().catch((reason: Error) => reason.message);
  expect(error).toContain('(ENGINE_MISSING)');
  expect(error).toMatch(/tried \S+docker: Cannot connect to the Docker daemon/);
  expect(error).toContain('tried podman: not in PATH\n  tried buildah: not in PATH');
  expect(error).toContain('Fix: start Docker');
});
