import { type StoredImages, storedImages } from '../../../testing/stored-images.js';
import { openRegistry } from './open-registry.js';
import { readContents, sizesOf } from './read-contents.js';

let stored: StoredImages;
beforeAll(async () => {
  stored = await storedImages();
});
afterAll(() => stored.close());

async function read(platforms: readonly string[]) {
  stored.store('acme/api', ['1'], { platforms, labels: { team: 'shop' } });
  const registry = openRegistry(`${stored.host}/acme/api`);
  const manifest = await registry.get('1');
  return manifest ? readContents(registry, manifest) : [];
}

it.each([[['linux/arm64']], [['linux/amd64', 'linux/arm64']]])('reads an image for %j', async (platforms) => {
  const contents = await read(platforms);
  expect(contents.map(({ platform, labels }) => [platform, labels])).toEqual(
    platforms.map((platform) => [platform, { team: 'shop' }]),
  );
  // A layer of 100 bytes, and the configuration.
  for (const size of Object.values(sizesOf(contents))) expect(size).toBeGreaterThan(100);
  expect(Object.keys(sizesOf(contents))).toEqual(platforms);
});

it('leaves out what the registry has lost', async () => {
  const registry = openRegistry(`${stored.host}/acme/api`);
  stored.store('acme/api', ['1'], { platforms: ['linux/amd64', 'linux/arm64'] });
  const manifest = await registry.get('1');
  const lost = { get: async () => undefined, blob: async () => undefined };
  expect(manifest && (await readContents(lost, manifest))).toEqual([]);
});
