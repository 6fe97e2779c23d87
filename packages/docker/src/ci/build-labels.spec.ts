import type { TagFacts } from '../core/tags/facts.js';
import { buildLabels } from './build-labels.js';

const facts: TagFacts = {
  event: 'push',
  ref: 'refs/heads/main',
  sha: 'a'.repeat(40),
  defaultBranch: 'main',
  commitDate: '2026-01-01T00:00:00Z',
  repository: { name: 'shop', url: 'https://github.com/acme/shop' },
};
const now = new Date('2026-06-01T00:00:00Z');

it('says what is known when an image is built: its commit, and no version', () => {
  expect(buildLabels('ghcr.io/acme/api', { labels: ['com.example.team=api, {{sha}}'] }, facts, now)).toEqual([
    'com.example.team=api, aaaaaaa',
    'org.opencontainers.image.created=2026-01-01T00:00:00.000Z',
    `org.opencontainers.image.revision=${'a'.repeat(40)}`,
    'org.opencontainers.image.source=https://github.com/acme/shop',
    'org.opencontainers.image.title=shop',
    'org.opencontainers.image.url=https://github.com/acme/shop',
  ]);
});

it('stops before the build for rules that could not give names after it', () => {
  expect(() => buildLabels('ghcr.io/acme/api', { tags: ['type=branch'] }, facts, now)).toThrow(
    'TAG_RULE_INVALID',
  );
});
