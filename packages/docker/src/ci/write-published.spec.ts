import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifestOf, memoryRegistry } from '../../testing/memory-registry.js';
import type { PublishedRecord } from '../core/build/published-record.js';
import type { PlannedImage } from '../core/plan/plan.js';
import type { NamedImage } from './collect-images.js';
import { writePublished } from './write-published.js';

const head = 'a'.repeat(40);
const planned = {
  project: 'api',
  target: 'docker-build',
  image: 'ghcr.io/acme/api',
  inputDigest: `sha256:${'1'.repeat(64)}`,
  platforms: ['linux/amd64'],
} as unknown as PlannedImage;

function write(records: readonly { duration: number }[]) {
  const out = mkdtempSync(join(tmpdir(), 'write-published-spec-'));
  const image: NamedImage = {
    planned,
    registry: memoryRegistry(planned.image),
    manifest: manifestOf('api'),
    records: records as PublishedRecord[],
    known: { sizes: { 'linux/amd64': 7 }, bases: { 'docker.io/library/node:20': 'node' } },
    tags: ['main-aaaaaaa', 'latest'],
    refusals: [],
  };
  const subjects = writePublished([image], { out, head });
  const record = JSON.parse(readFileSync(join(out, 'api.json'), 'utf8'));
  const text = readFileSync(join(out, 'subjects.txt'), 'utf8');
  rmSync(out, { recursive: true });
  return { subjects, record, text };
}

it('says of an image what was built, for the longest of its platforms', () => {
  const { subjects, record, text } = write([{ duration: 5 }, { duration: 9 }]);
  expect(record).toMatchObject({
    imageRef: 'ghcr.io/acme/api:main-aaaaaaa',
    revision: head,
    sizes: { 'linux/amd64': 7 },
    bases: { 'docker.io/library/node:20': 'node' },
    duration: 9,
  });
  expect(record).not.toHaveProperty('unchanged');
  expect([subjects, text]).toEqual([1, `${manifestOf('api').digest.slice(7)}  ghcr.io/acme/api\n`]);
});

it('says of an image that is named again that nothing was built', () => {
  const { subjects, record, text } = write([]);
  expect(record).toMatchObject({ unchanged: true, duration: 0 });
  expect([subjects, text]).toEqual([0, '']);
});
