import type { PublishedRecord } from '../build/published-record.js';
import { runningImages } from './running-images.js';
import { isWanted, wantedImage } from './wanted-image.js';

const repository = 'ghcr.io/acme/api';
const [one, two] = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`);
const record: PublishedRecord = {
  version: 1,
  project: 'api',
  target: 'docker-build',
  image: repository,
  imageRef: `${repository}:main-2222222`,
  tags: ['main-2222222', 'main'],
  digest: two ?? '',
  pushed: true,
  platforms: [],
  duration: 1,
};
const wanted = (reference: string, records: PublishedRecord[] = []) =>
  wantedImage({ name: 'api', reference, repository }, records);

it.each([
  ['the manifest', `${repository}:main-1111111@${one}`, [], `${repository}:main-1111111@${one}`, true],
  ['another tag of the digest', `${repository}:main-1111111@${one}`, [], `${repository}:latest@${one}`, true],
  ['another digest', `${repository}:main-1111111@${one}`, [], `${repository}:main-1111111@${two}`, false],
  ['a tag', `${repository}:main`, [], `${repository}:main`, true],
  ['no tag', repository, [], `${repository}:latest`, true],
  ['another tag', `${repository}:main`, [], `${repository}:old`, false],
  ['another image', `${repository}:main`, [], `${repository}-worker:main`, false],
  ['records: the digest', `${repository}:main-1111111@${one}`, [record], `${repository}:x@${two}`, true],
  ['records: a tag', repository, [record], `${repository}:main`, true],
  [
    'records, not the manifest',
    `${repository}:main-1111111@${one}`,
    [record],
    `${repository}:main-1111111@${one}`,
    false,
  ],
])('%s: %s', (_, manifest, records, cluster, result) => {
  expect(isWanted(cluster, wanted(manifest, records))).toBe(result);
});

it.each([
  [`${repository}@${one}`, one],
  [`docker-pullable://${repository}@${one}`, one],
  [`docker://${one}`, one],
  [one ?? '', one],
  ['', undefined],
  [`${repository}:main`, undefined],
])('the digest of the image id %j is %s', (imageID, digest) => {
  const pods = [
    {
      metadata: { name: 'p' },
      status: {
        containerStatuses: [
          { name: 'api', imageID },
          { name: 'other', imageID },
        ],
      },
    },
  ];
  expect(runningImages(pods, new Set(['api'])).map((each) => each.digest)).toEqual(
    digest === undefined ? [] : [digest],
  );
});
