import { parseChallenges } from './parse-challenges.js';

describe('parseChallenges', () => {
  it.each([
    [
      'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:acme/api:pull,push"',
      [
        {
          scheme: 'bearer',
          parameters: {
            realm: 'https://ghcr.io/token',
            service: 'ghcr.io',
            scope: 'repository:acme/api:pull,push',
          },
        },
      ],
    ],
    ['basic realm="a \\"b\\""', [{ scheme: 'basic', parameters: { realm: 'a "b"' } }]],
    ['Basic', [{ scheme: 'basic', parameters: {} }]],
    [
      'Negotiate, Basic Realm=x , Bearer realm = "y"',
      [
        { scheme: 'negotiate', parameters: {} },
        { scheme: 'basic', parameters: { realm: 'x' } },
        { scheme: 'bearer', parameters: { realm: 'y' } },
      ],
    ],
    ['realm="no scheme"', []],
    ['Bearer realm="open', [{ scheme: 'bearer', parameters: {} }]],
    ['', []],
    ['"""', []],
  ])('reads %s', (header, challenges) => expect(parseChallenges(header)).toEqual(challenges));
});
