import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { imageId } from '../../nx/workspace-images.js';
import { openImages } from './open-images.js';

const files = {
  'api/project.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM scratch\n',
  'web/project.json': '{"name":"web"}',
  'web/Dockerfile': 'FROM scratch\n',
};

async function namesOf(plugins: unknown[]): Promise<string[]> {
  const { images } = await openImages(
    temporaryWorkspace({ ...files, 'nx.json': JSON.stringify({ plugins }) }),
  );
  return images.map(({ image }) => `${imageId(image)} ${image.image}`);
}

it.each<[unknown[], string[]]>([
  [['@moltbook/docker'], ['api:docker-build api', 'web:docker-build web']],
  [
    ['@nx/js', { plugin: '@moltbook/docker/plugin', exclude: ['web/**'], options: { registry: 'r.io' } }],
    ['api:docker-build r.io/api'],
  ],
  [
    [
      { plugin: '@moltbook/docker', include: ['api/*'], options: { targetName: 'image' } },
      { plugin: '@moltbook/docker', include: ['web/*'], options: { registry: 'r.io' } },
    ],
    ['api:image api', 'web:docker-build r.io/web'],
  ],
  [
    ['@moltbook/docker', { plugin: '@moltbook/docker', include: ['web/*'], options: { registry: 'r.io' } }],
    ['api:docker-build api', 'web:docker-build r.io/web'],
  ],
])('finds the images of %j', async (plugins, names) => expect(await namesOf(plugins)).toEqual(names));

it('keeps projects apart that have the same name by mistake', async () => {
  const plugins = ['@moltbook/docker'];
  const nxJson = JSON.stringify({ plugins });
  const { images } = await openImages(
    temporaryWorkspace({ ...files, 'nx.json': nxJson, 'web/project.json': '{"name":"api"}' }),
  );
  expect(images.map(({ image }) => image.dockerfilePath)).toEqual(['api/Dockerfile', 'web/Dockerfile']);
});

it('reports wrong options of the plugin', async () => {
  const plugins = [{ plugin: '@moltbook/docker', options: { registy: 'r.io' } }];
  const { problems } = await openImages(temporaryWorkspace({ 'nx.json': JSON.stringify({ plugins }) }));
  expect(problems).toMatchObject([{ code: 'OPTIONS_INVALID' }]);
});

it.each([
  ['{"plugins":["@nx/js"]}', 'nx.json does not list the plugin @moltbook/docker'],
  ['{', 'nx.json cannot be read'],
])('says what is wrong with the nx.json %s', async (nxJson, message) => {
  await expect(openImages(temporaryWorkspace({ 'nx.json': nxJson }))).rejects.toThrow(message);
});

it('says where there is no workspace', async () => {
  await expect(openImages('/nowhere')).rejects.toThrow('there is no nx.json in this folder or above it');
});
