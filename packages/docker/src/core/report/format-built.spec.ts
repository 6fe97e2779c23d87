import { formatBuilt } from './format-built.js';

it('says of each image what came of it', () => {
  const rows = [
    {
      id: 'api:build',
      platform: 'linux/amd64',
      record: { imageRef: 'api@sha256:1', pushed: true, duration: 61_000 },
    },
    { id: 'web:build', platform: null, record: { imageRef: 'web:local', duration: 900 } },
    { id: 'job:build', platform: null, record: undefined },
    { id: 'old:build', platform: null, record: { imageRef: 'old:local', unchanged: true, duration: 90 } },
  ];
  expect(formatBuilt(rows)).toBe(
    [
      'api:build  linux/amd64  pushed     61.0 s  api@sha256:1',
      'web:build               built       0.9 s  web:local',
      'job:build               failed',
      'old:build               unchanged   0.1 s  old:local',
      '',
    ].join('\n'),
  );
});
