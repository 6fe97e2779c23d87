import { readSetupOptions } from './setup-options.js';

it('takes what was answered, empty answers as none', () => {
  expect(
    readSetupOptions({
      registry: ' ghcr.io/acme/ ',
      images: 'a=b, c/Dockerfile=d/e',
      ci: 'auto',
      kubernetes: './k8s/',
    }),
  ).toEqual({
    registry: 'ghcr.io/acme',
    images: new Map([
      ['a', 'b'],
      ['c/Dockerfile', 'd/e'],
    ]),
    kubernetes: ['k8s'],
  });
  expect(readSetupOptions({ registry: '', images: '', kubernetes: '' })).toEqual({ images: new Map() });
  expect(readSetupOptions({ kubernetes: 'none' })).toEqual({ images: new Map(), kubernetes: [] });
});

it.each([
  ...[
    'https://ghcr.io/acme',
    'ghcr.io/Acme',
    'ghcr.io/acme:1',
    'ghcr.io/a b',
    '$(touch MARK)',
    'a\nb',
    "'; touch MARK",
    '${{ github.token }}',
    '//x',
    '..',
  ].map((registry) => ({ registry })),
  ...['api', 'api=', '=x', 'api=Upper', 'api=a:b', 'api=$(touch MARK)', 'api=../x', 'api=a\nb', 'api=🐳'].map(
    (images) => ({ images }),
  ),
  { usernameVariable: 'a b' },
  { passwordSecret: '${{ secrets.X }}' },
])('refuses %j', (given) => {
  expect(() => readSetupOptions(given)).toThrow('OPTIONS_INVALID');
});
