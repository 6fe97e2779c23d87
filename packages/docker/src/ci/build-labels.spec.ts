import type { TagFacts } from '../core/tags/facts.js';
import { buildLabels } from './build-labels.js';

const facts: TagFacts = { event: 'push', ref: 'refs/heads/main', sha: 'a'.repeat(40), defaultBranch: 'main' };

it('stops before the build for rules that could not give names after it', () => {
  const clock = { facts, now: new Date('2026-06-01T00:00:00Z') };
  expect(() => buildLabels('ghcr.io/acme/api', { tags: ['type=branch'] }, clock)).toThrow('TAG_RULE_INVALID');
});
