import { commitNames } from './commit-names.js';
import type { TagFacts } from './facts.js';

const facts: TagFacts = {
  event: 'push',
  ref: 'refs/heads/main',
  sha: 'a'.repeat(40),
  defaultBranch: 'main',
  commitDate: '2026-01-01T00:00:00Z',
  repository: { name: 'shop', url: 'https://github.com/acme/shop' },
};
const clock = { facts, now: new Date('2026-06-01T00:00:00Z') };
const image = 'localhost:5000/acme/api';
const ofCommit = [
  'org.opencontainers.image.created=2026-01-01T00:00:00.000Z',
  `org.opencontainers.image.revision=${'a'.repeat(40)}`,
  'org.opencontainers.image.source=https://github.com/acme/shop',
  'org.opencontainers.image.title=shop',
  'org.opencontainers.image.url=https://github.com/acme/shop',
];

it('gives tags without the image', () => {
  expect(commitNames(image, {}, clock).tags).toEqual(['main-aaaaaaa', 'main', 'latest']);
});

it('labels an image with what is known when it is built: its commit, and no version', () => {
  const { labels } = commitNames(
    image,
    { labels: ['com.example.team=api, {{sha}}', 'com.example.key=YQ=='] },
    clock,
  );
  expect(labels).toEqual(['com.example.key=YQ==', 'com.example.team=api, aaaaaaa', ...ofCommit]);
});

it('gives no annotations where the rules have none', () => {
  expect(commitNames(image, {}, clock).annotations).toEqual([]);
});

it('gives those of the commit and those of the rules, where they have some', () => {
  const annotations = ofCommit.map((line) => `manifest,index:${line}`);
  expect(commitNames(image, { annotations: [] }, clock).annotations).toEqual(annotations);
  const rules = { annotations: ['index:a={{sha}}', 'b=c:d'] };
  expect(commitNames(image, rules, clock).annotations).toEqual([
    'manifest,index:b=c:d',
    'index:a=aaaaaaa',
    ...annotations,
  ]);
});

it('tells of an annotation with an unknown level', () => {
  const { problems } = commitNames(image, { annotations: ['com.example:a=b'] }, clock);
  expect(problems).toMatchObject([{ code: 'TAG_RULE_INVALID', severity: 'error' }]);
});

it('tells of rules that cannot be read', () => {
  const { problems } = commitNames(image, { tags: ['type=branch'] }, clock);
  expect(problems).toMatchObject([{ code: 'TAG_RULE_INVALID', severity: 'error' }]);
});
