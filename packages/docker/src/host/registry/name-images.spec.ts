import { type MemoryRegistry, manifestOf, memoryRegistry } from '../../../testing/memory-registry.js';
import { commitTag, inputsTag } from '../../core/registry/guard-tag.js';
import { type NameableImage, nameImages } from './name-images.js';

const [older, newer] = ['a'.repeat(40), 'b'.repeat(40)];
const inputs = `sha256:${'1'.repeat(64)}`;

function ready(
  registry: MemoryRegistry,
  text: string,
  given: Partial<NameableImage['inputs'] & object> = {},
): NameableImage {
  return { registry, manifest: manifestOf(text), inputs: { digest: inputs, takesPlace: false, ...given } };
}

/** Publishes a commit of a branch on which one commit follows the other. */
function publish(images: readonly NameableImage[], head: string) {
  return nameImages(images, {
    head,
    readBranch: async () => ({ name: 'main', holdsHead: true, newer: head === older ? [newer] : [] }),
    tagsOf: () => ['latest', `main-${head.slice(0, 7)}`],
  });
}

it('names nothing for people before all images have their marks', async () => {
  const [api, web] = [memoryRegistry('api'), memoryRegistry('web')];
  const order: string[] = [];
  for (const registry of [api, web])
    registry.before = (request) => {
      if (!request.includes('sha256:')) order.push(request.replace(/(inputs|sha)-.*/, '$1'));
    };
  await publish([ready(api, 'api'), ready(web, 'web')], older);
  expect(order.slice(0, 4)).toEqual(['PUT inputs', 'PUT inputs', 'PUT sha', 'PUT sha']);
  expect(order.slice(4)).toContain('PUT latest');
});

it('leaves no name where one image cannot be marked', async () => {
  const [api, web] = [memoryRegistry('api'), memoryRegistry('web')];
  web.before = () => Promise.reject(new Error('broken'));
  await expect(publish([ready(api, 'api'), ready(web, 'web')], older)).rejects.toThrow('broken');
  expect(Object.keys(api.tags())).toEqual([inputsTag(inputs)]);
});

it('writes nothing a second time', async () => {
  const registry = memoryRegistry('api');
  await publish([ready(registry, 'api')], older);
  registry.requests.length = 0;
  await publish([ready(registry, 'api')], older);
  expect(registry.requests.filter((request) => request.startsWith('PUT'))).toEqual([]);
});

it.each(['PUT latest', 'LIST'])(
  'ends at the newer commit that is published during %s of the older',
  async (moment) => {
    const registry = memoryRegistry('api');
    let isFirst = true;
    registry.before = async (request) => {
      if (request !== moment || !isFirst) return;
      isFirst = false;
      await publish([ready(registry, 'new', { digest: `sha256:${'2'.repeat(64)}` })], newer);
    };
    const [image] = await publish([ready(registry, 'old')], older);
    expect(registry.tags()).toMatchObject({
      latest: 'new',
      'main-aaaaaaa': 'old',
      'main-bbbbbbb': 'new',
      [commitTag(older)]: 'old',
    });
    expect(image?.tags).toEqual(['main-aaaaaaa', commitTag(older), inputsTag(inputs)]);
    expect(image?.refusals).toEqual([
      { tag: 'latest', reason: 'bbbbbbb is newer and published', instead: commitTag(newer) },
    ]);
  },
);

describe('where somebody else has published the same inputs', () => {
  async function publishTwice(takesPlace: boolean) {
    const registry = memoryRegistry('api');
    await publish([ready(registry, 'theirs')], older);
    await publish([ready(registry, 'ours', { takesPlace })], newer);
    return registry.tags();
  }

  it('takes theirs, so that one set of inputs has one digest', async () => {
    expect(await publishTwice(false)).toMatchObject({ latest: 'theirs', [inputsTag(inputs)]: 'theirs' });
  });

  it('takes the place of theirs if it was built for that', async () => {
    expect(await publishTwice(true)).toMatchObject({
      latest: 'ours',
      [inputsTag(inputs)]: 'ours',
    });
  });
});

it('gives a git tag its names without asking for a branch', async () => {
  const registry = memoryRegistry('api');
  await registry.put('1.3.0', manifestOf('higher').bytes, manifestOf('').mediaType);
  const [image] = await nameImages([ready(registry, 'api')], {
    head: older,
    gitTag: 'v1.2.0',
    tagsOf: () => ['1.2.0', '1.2', '1'],
  });
  expect(image?.tags.slice(0, 2)).toEqual(['1.2.0', '1.2']);
  expect(image?.refusals).toEqual([{ tag: '1', reason: '1.3.0 is higher', instead: '1.3.0' }]);
});

it('writes no mark of inputs where none are given', async () => {
  const registry = memoryRegistry('api');
  const [image] = await publish([{ registry, manifest: manifestOf('api') }], older);
  expect(image?.tags).toEqual(['latest', 'main-aaaaaaa', commitTag(older)]);
  expect(Object.keys(registry.tags()).sort()).toEqual(['latest', 'main-aaaaaaa', commitTag(older)].sort());
});
