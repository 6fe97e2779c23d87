import { affectedImages } from './affected-images.js';
import { compareTrees, type Tree } from './compare-trees.js';
import type { ImageState } from './image-state.js';

/** `path=content` or `path=content:mode`, separated by blanks. */
function tree(text: string): Tree {
  return new Map(
    text.split(' ').map((file) => {
      const [, path = '', oid = '', mode = 'file'] = /^(.*)=(\w+)(?::(\w+))?$/s.exec(file) ?? [];
      return [path, { oid, mode }];
    }),
  );
}

interface Sketch {
  readonly files?: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly bases?: readonly string[];
  readonly counts?: string;
}

function image(
  id: string,
  { files = 'Dockerfile a.js', settings = {}, bases = [], counts }: Sketch = {},
): ImageState {
  return {
    id,
    label: id,
    dockerfile: 'Dockerfile',
    settings: new Map(Object.entries(settings)),
    bases,
    files: () => ({
      has: (path) => files.split(' ').includes(path),
      readBy: (path) => (path === 'Dockerfile' ? undefined : 'COPY . in line 2'),
    }),
    countsBy: (path) => (path === counts ? 'made into dist by api:build' : undefined),
  };
}

const same = 'Dockerfile=1 a.js=1 b.js=1';

it.each<[string, string, string, Sketch, Sketch, string | undefined]>([
  ['nothing', same, same, {}, {}, undefined],
  ['a file that is not read', same, 'Dockerfile=1 a.js=1 b.js=2', {}, {}, undefined],
  ['a file that is read', same, 'Dockerfile=1 a.js=2 b.js=1', {}, {}, 'a.js changed (COPY . in line 2)'],
  ['the Dockerfile first', same, 'Dockerfile=2 a.js=2 b.js=1', {}, {}, 'Dockerfile changed and 1 more'],
  [
    'only the mode',
    same,
    'Dockerfile=1 a.js=1:executable b.js=1',
    {},
    {},
    'a.js changed its mode (COPY . in line 2)',
  ],
  ['a file that is added', 'Dockerfile=1 b.js=1', same, {}, {}, 'a.js is new (COPY . in line 2)'],
  [
    'a file that is deleted',
    same,
    'Dockerfile=1 b.js=1',
    {},
    { files: 'Dockerfile' },
    'a.js was deleted (COPY . in line 2)',
  ],
  [
    'a file that is renamed',
    'Dockerfile=1 a.js=7',
    'Dockerfile=1 c.js=7',
    {},
    { files: 'Dockerfile c.js' },
    'a.js was renamed to c.js (COPY . in line 2)',
  ],
  [
    'a file that is renamed away',
    'Dockerfile=1 a.js=7',
    'Dockerfile=1 x.js=7',
    {},
    { files: 'Dockerfile' },
    'a.js was renamed to x.js (COPY . in line 2)',
  ],
  ['a file that is renamed but is not read', 'Dockerfile=1 x.js=7', 'Dockerfile=1 y.js=7', {}, {}, undefined],
  [
    'a file that another is made of',
    same,
    'Dockerfile=1 a.js=1 b.js=2',
    {},
    { counts: 'b.js' },
    'b.js changed (made into dist by api:build)',
  ],
  [
    'a hostile name',
    'Dockerfile=1',
    'Dockerfile=1 $(x)\n"=1',
    {},
    { files: '$(x)\n"' },
    '"$(x)\\n\\"" is new (COPY . in line 2)',
  ],
  [
    'a setting',
    same,
    same,
    { settings: { 'build argument A': '1' } },
    { settings: { 'build argument A': '2' } },
    'build argument A changed',
  ],
  ['a setting that is gone', same, same, { settings: { platforms: '1' } }, {}, 'platforms changed'],
])('%s', (_, before, after, base, head, reason) => {
  const changes = compareTrees(tree(before), tree(after));
  expect(affectedImages([image('api', base)], [image('api', head)], changes).get('api')).toBe(reason);
});

it('takes images that were not there before, and forgets those that are gone', () => {
  expect([...affectedImages([image('old')], [image('new')], [])]).toEqual([['new', 'new image']]);
});

it('takes all that is built from an affected image, with the reason of the first one', () => {
  const head = [
    image('app', { bases: ['node'] }),
    image('node', { bases: ['base'] }),
    image('base', { settings: { platforms: 'b' } }),
    image('own', { bases: ['base'], settings: { 'target stage': 'x' } }),
    image('other'),
  ];
  const base = head.map((each) => ({ ...each, settings: new Map<string, string>() }));
  expect(Object.fromEntries(affectedImages(base, head, []))).toEqual({
    base: 'platforms changed',
    node: 'base image base changed: platforms changed',
    app: 'base image base changed: platforms changed',
    own: 'target stage changed',
  });
});
