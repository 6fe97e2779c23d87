import { chooseNames } from './choose-names.js';

const source = 'a.yml:1';
const images = ['api', 'web'].map((name) => ({ dockerfilePath: `${name}/Dockerfile`, defaultName: name }));

function choose(api: readonly string[], web: readonly string[], registry?: string) {
  const claims = [
    { dockerfilePath: 'api/Dockerfile', names: api, isPublished: true, source },
    { dockerfilePath: 'web/Dockerfile', names: web, isPublished: true, source },
  ];
  const { registry: found, names, contradictions, notes } = chooseNames({ claims, images, registry });
  return { registry: found?.value, names: names.map(({ name }) => name), contradictions, notes };
}

it.each<[string[], string[], string | undefined, string[]]>([
  [[], [], undefined, []],
  [['ghcr.io/acme/api'], ['ghcr.io/acme/web'], 'ghcr.io/acme', []],
  [['ghcr.io/acme/shop-api'], [], 'ghcr.io/acme', ['shop-api']],
  [['ghcr.io/acme/a/api'], ['ghcr.io/acme/b/web'], 'ghcr.io/acme', ['a/api', 'b/web']],
  [['ghcr.io/one/api'], ['ghcr.io/two/web'], 'ghcr.io', ['one/api', 'two/web']],
  [['localhost:5000/api'], ['localhost:5000/x'], 'localhost:5000', ['x']],
  [['acme/api'], ['acme/site'], 'acme', ['site']],
  [['backend'], ['web'], undefined, ['backend']],
])('%j and %j are in %s', (api, web, registry, names) => {
  expect(choose(api, web)).toEqual({ registry, names, contradictions: [], notes: [] });
});

it.each<[string[], string[], string | undefined, string]>([
  [['ghcr.io/acme/api', 'acme/api'], ['ghcr.io/acme/web'], undefined, 'the registry is left open'],
  [['acme/api'], ['other/web'], undefined, 'the images have no registry in common: acme/api and other/web'],
  [['ghcr.io/acme/api', 'ghcr.io/acme/old'], [], 'ghcr.io/acme', 'is called api and old below ghcr.io/acme'],
  [
    ['ghcr.io/acme/x'],
    ['ghcr.io/acme/x'],
    undefined,
    'api/Dockerfile and web/Dockerfile would have the same name, x',
  ],
  [['a.io/x/one', 'b.io/x/two'], [], 'ghcr.io/acme', 'none of them below ghcr.io/acme'],
])('%j and %j with the registry %s contradict each other', (api, web, registry, text) => {
  const { names, contradictions } = choose(api, web, registry);
  expect(names).toEqual([]);
  expect(contradictions.join()).toContain(text);
});

it('moves an image to the registry that was asked for, and says so', () => {
  const { names, notes } = choose(['ghcr.io/old/shop-api'], [], 'ghcr.io/acme');
  expect(names).toEqual(['shop-api']);
  expect(notes).toEqual([
    'api/Dockerfile is ghcr.io/old/shop-api in a.yml:1, and becomes ghcr.io/acme/shop-api',
  ]);
});

it('takes a name for a machine only where there is no other', () => {
  const own = {
    dockerfilePath: 'api/Dockerfile',
    names: ['acme/api-dev'],
    isPublished: false,
    source: 'compose.yml',
  };
  const published = { ...own, names: ['ghcr.io/acme/api'], isPublished: true, source };
  const options = { images, registry: undefined };
  expect(chooseNames({ ...options, claims: [own] }).registry?.value).toBe('acme');
  expect(chooseNames({ ...options, claims: [own, published] }).registry?.value).toBe('ghcr.io/acme');
});
