import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { prepareBuild } from '../../executors/build/prepare-build.js';
import { dockerTarget } from '../../nx/docker-target.js';
import { diskDigests } from './disk-digests.js';
import { openImages } from './open-images.js';

const files = {
  'nx.json': JSON.stringify({
    plugins: [{ plugin: '@moltbook/docker/plugin', options: { registry: 'ghcr.io/acme' } }],
  }),
  'base/project.json': '{"name":"base"}',
  'base/Dockerfile': 'FROM scratch\nCOPY etc /etc\n',
  'base/etc/config': 'one',
  'api/project.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM ghcr.io/acme/base:1\nARG A\nCOPY src /src\n',
  'api/src/index.js': '',
  'web/project.json': '{"name":"web"}',
  'web/Dockerfile': 'FROM scratch\nCOPIE src /\n',
  'late/project.json': '{"name":"late"}',
  'late/Dockerfile': 'FROM ghcr.io/acme/web\n',
};

async function open() {
  const root = temporaryWorkspace(files);
  const digests = async () => {
    const { images } = await openImages(root);
    const digestOf = diskDigests(root, images);
    return Promise.all(
      ['base', 'api', 'web', 'late', 'none'].map((name) => digestOf(`${name}:docker-build`)),
    );
  };
  return { root, digests };
}

it('are those of images and of all that is built from them; none where one could not be built', async () => {
  const { root, digests } = await open();
  const [base, api, ...others] = await digests();
  expect([base, api]).toEqual([expect.stringMatching(/^sha256:/), expect.stringMatching(/^sha256:/)]);
  expect(others).toEqual([undefined, undefined, undefined]);
  writeFileSync(join(root, 'base/etc/config'), 'two');
  const [changed, dependant] = await digests();
  expect([changed === base, dependant === api]).toEqual([false, false]);
});

it('are what a build records', async () => {
  const { root, digests } = await open();
  const [base, api] = await digests();
  const { images } = await openImages(root);
  const projects = { base: { root: 'base' }, api: { root: 'api' } };
  const recorded = async (projectName: string) => {
    const one = images.find(({ image }) => image.projectName === projectName);
    const context = { root, projectName, targetName: 'docker-build', projectsConfigurations: { projects } };
    const options = one && dockerTarget(one).options;
    if (!options) throw new Error(`${projectName} has no target`);
    return (await prepareBuild(options, context as unknown as ExecutorContext)).inputDigest;
  };
  expect(await recorded('base')).toBe(base);
  mkdirSync(join(root, 'dist/docker'), { recursive: true });
  const record = { imageRef: 'ghcr.io/acme/base:local', inputDigest: base };
  writeFileSync(join(root, 'dist/docker/base.json'), JSON.stringify(record));
  expect(await recorded('api')).toBe(api);
});
