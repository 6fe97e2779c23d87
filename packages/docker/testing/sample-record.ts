import type { PublishedRecord } from '../src/core/build/published-record.js';

/** An image that was pushed under one name. */
export const sampleRecord: PublishedRecord = {
  version: 1,
  project: 'api',
  target: 'docker-build',
  image: 'ghcr.io/acme/api',
  imageRef: 'ghcr.io/acme/api:main-bcae089',
  tags: ['main-bcae089'],
  digest: `sha256:${'ab'.repeat(32)}`,
  pushed: true,
  platforms: [],
  duration: 1,
};
