import { formatPublished } from './format-published.js';

const digest = `sha256:${'a'.repeat(64)}`;

it('says of each image why, as what and how long it was built', () => {
  const rows = [
    { id: 'api:build', reason: 'api/a changed', tags: ['main', 'latest'], digest, duration: 1234 },
    { id: 'a|b\n[x](y)', reason: '<b>', tags: [], digest, duration: undefined },
  ];
  expect(formatPublished(rows)).toBe(
    `| image | why | tags | digest | time |
| --- | --- | --- | --- | --- |
| api:build | api/a changed | \`main\` \`latest\` | \`sha256:aaaaaaaaaaaa\` | 1.2 s |
| a\\|b \\[x\\]\\(y\\) | \\<b\\> |  | \`sha256:aaaaaaaaaaaa\` | not built |
`,
  );
});
