import { findLogins } from './find-logins.js';

function login(given: string): string {
  return `on: push\njobs:\n  a:\n    steps:\n      - uses: docker/login-action@v3\n        with: ${given}\n`;
}

it.each([
  [
    '{ username: "${{ vars.USER }}", password: "${{ secrets.TOKEN }}" }',
    [{ registry: '', username: 'USER', password: 'TOKEN' }],
  ],
  [
    '{ registry: r.io, username: "${{ secrets.USER }}", password: "${{secrets.TOKEN}}" }',
    [{ registry: 'r.io', username: 'USER', password: 'TOKEN' }],
  ],
  ['{ registry: ghcr.io, username: "${{ github.actor }}", password: "${{ secrets.GITHUB_TOKEN }}" }', []],
  ['{ username: me, password: "${{ secrets.TOKEN }}" }', []],
])('%s', (given, expected) => {
  expect(findLogins('a.yml', login(given))).toEqual(expected.map((each) => ({ ...each, source: 'a.yml:5' })));
});
