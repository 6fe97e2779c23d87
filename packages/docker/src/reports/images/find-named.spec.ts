import { join } from 'node:path';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { imageId } from '../../nx/workspace-images.js';
import { findNamed } from './find-named.js';
import { type OpenImages, openImages } from './open-images.js';

const plugins = [{ plugin: '@moltbook/docker/plugin', options: { registry: 'ghcr.io/acme' } }];
let open: OpenImages;

beforeAll(async () => {
  open = await openImages(
    temporaryWorkspace({
      'nx.json': JSON.stringify({ plugins }),
      'apps/api/project.json': '{"name":"api"}',
      'apps/api/Dockerfile': 'FROM scratch\n',
      'apps/api/worker.Dockerfile': 'FROM scratch\n',
      'apps/web/project.json': '{"name":"web"}',
      'apps/web/Dockerfile': 'FROM scratch\n',
      'libs/a/index.ts': '',
    }),
  );
});

function find(name: string, folder = '.'): string[] {
  const found = findNamed(name, open, join(open.root, folder));
  return found.file === undefined ? found.images.map(({ image }) => imageId(image)) : [found.file];
}

const both = ['api:docker-build', 'api:docker-build-worker'];

it.each([
  ['a project', 'api', both],
  ['a task', 'api:docker-build-worker', ['api:docker-build-worker']],
  ['an image name', 'ghcr.io/acme/api-worker', ['api:docker-build-worker']],
  ['an image name with a tag', 'ghcr.io/acme/web:1.2', ['web:docker-build']],
  ['an image name without its registry', 'api-worker', ['api:docker-build-worker']],
  ['a Dockerfile', 'apps/api/worker.Dockerfile', ['api:docker-build-worker']],
  ['a folder of a project', 'apps/api/', both],
  ['a file', './libs/a/index.ts', ['libs/a/index.ts']],
])('%s: %s', (_, name, found) => expect(find(name)).toEqual(found));

it('takes paths relative to the current folder, or else to the workspace root', () => {
  expect(find('index.ts', 'libs/a')).toEqual(['libs/a/index.ts']);
  expect(find('../../apps/web/Dockerfile', 'libs/a')).toEqual(['web:docker-build']);
  expect(find('apps/web/Dockerfile', 'libs/a')).toEqual(['web:docker-build']);
  expect(find('.', 'apps/web')).toEqual(['web:docker-build']);
});

it.each([
  ['apy', '"apy" is no project with an image, no image and no file here (NAME_UNKNOWN)\n  Fix: write api'],
  ['libs/a/indx.ts', '  Fix: write libs/a/index.ts'],
  [
    'libs',
    '"libs" is a folder, but not that of a project with an image (NAME_UNKNOWN)\n  Fix: name a file in',
  ],
  [
    'nothing',
    '  Fix: write one of api:docker-build, api:docker-build-worker, web:docker-build, or the path of',
  ],
  ['../../etc/hosts', 'is no project with an image'],
])('says what is wrong with %s', (name, message) => expect(() => find(name)).toThrow(message));
