import { ownIdentity, signArguments, verifyArguments, verifyOptionsFor } from './cosign-arguments.js';

const ref = 'ghcr.io/acme/api@sha256:0';

it.each([
  [{ key: 'env://COSIGN_PRIVATE_KEY' }, 'sign --yes --recursive --key=env://COSIGN_PRIVATE_KEY'],
  [{ keyless: true as const }, 'sign --yes --recursive'],
  [
    { key: 'cosign.key', args: ['--tlog-upload=false'] },
    'sign --yes --recursive --key=cosign.key --tlog-upload=false',
  ],
])('%j signs by %s', (sign, command) => {
  expect(signArguments(sign, ref)).toEqual([...command.split(' '), ref]);
});

it('leaves a key with spaces and quotes one argument', () => {
  expect(signArguments({ key: `my $(touch MARK) "key".pem` }, ref)).toContain(
    `--key=my $(touch MARK) "key".pem`,
  );
});

const issuer = 'https://token.actions.githubusercontent.com';
it.each([
  [{ key: 'cosign.pub' }, 'verify --key=cosign.pub'],
  [
    { identity: 'me@acme.com', issuer, args: ['--insecure-ignore-sct'] },
    `verify --certificate-identity=me@acme.com --certificate-oidc-issuer=${issuer} --insecure-ignore-sct`,
  ],
  [
    { identityRegexp: '^https://github.com/acme/', issuer },
    `verify --certificate-identity-regexp=^https://github.com/acme/ --certificate-oidc-issuer=${issuer}`,
  ],
])('%j verifies by %s', (verify, command) => {
  expect(verifyArguments(verify, ref)).toEqual([...command.split(' '), ref]);
});

it('verifies by what fits the options of signing', () => {
  const args = ['--tlog-upload=false', '--registry-cacert=ca.pem', '--allow-http-registry', '-a', 'git=abc'];
  expect(verifyOptionsFor(args)).toEqual([
    '--insecure-ignore-tlog=true',
    '--registry-cacert=ca.pem',
    '--allow-http-registry',
  ]);
});

it.each([
  [{}, undefined],
  [
    {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/docker.yml@refs/heads/main',
    },
    { identity: 'https://github.com/acme/shop/.github/workflows/docker.yml@refs/heads/main', issuer },
  ],
  [
    {
      CI_SERVER_URL: 'https://gitlab.com',
      CI_CONFIG_REF_URI: 'gitlab.com/acme/shop//.gitlab-ci.yml@refs/heads/main',
    },
    {
      identity: 'https://gitlab.com/acme/shop//.gitlab-ci.yml@refs/heads/main',
      issuer: 'https://gitlab.com',
    },
  ],
])('the environment %j gives the identity %j', (env, identity) => {
  expect(ownIdentity(env)).toEqual(identity);
});
