import { cacheOptions } from './cache-options.js';

const image = { slug: 'api', image: 'ghcr.io/acme/api', platform: 'linux-arm64' };

it.each([
  ['none', true, {}],
  ['gha', false, { cacheFrom: 'type=gha,scope=api-linux-arm64' }],
  [
    'gha',
    true,
    {
      cacheFrom: 'type=gha,scope=api-linux-arm64',
      cacheTo: 'type=gha,scope=api-linux-arm64,mode=max,ignore-error=true',
    },
  ],
  ['registry', false, { cacheFrom: 'type=registry,ref=ghcr.io/acme/api:cache-linux-arm64' }],
  [
    'registry',
    true,
    {
      cacheFrom: 'type=registry,ref=ghcr.io/acme/api:cache-linux-arm64',
      cacheTo:
        'type=registry,ref=ghcr.io/acme/api:cache-linux-arm64,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true',
    },
  ],
] as const)('%s, written: %s', (kind, write, options) => {
  expect(cacheOptions(kind, { ...image, write })).toEqual(options);
});
