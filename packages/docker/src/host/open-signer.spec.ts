import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { SignOptions } from '../core/signing/signing-options.js';
import { openSigner } from './open-signer.js';

const { PATH = '' } = process.env;
let bin = '';
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'open-signer-'));
  for (const name of ['GITHUB_WORKFLOW_REF', 'GITHUB_SERVER_URL', 'CI_SERVER_URL', 'CI_CONFIG_REF_URI'])
    delete process.env[name];
});
afterEach(() => {
  process.env.PATH = PATH;
});

/** A cosign that notes how it was called and knows some images as signed. */
function fakeCosign(script: string): void {
  const note = `printf '%s ' "$@" >> ${bin}/calls; echo >> ${bin}/calls`;
  writeFileSync(join(bin, 'cosign'), `#!/bin/sh\n${note}\n${script}\n`);
  chmodSync(join(bin, 'cosign'), 0o755);
  process.env.PATH = `${bin}${delimiter}${PATH}`;
}

function calls(): string[] {
  return readFileSync(join(bin, 'calls'), 'utf8')
    .trimEnd()
    .split(' \n')
    .map((call) => call.trimEnd());
}

const reference = 'ghcr.io/acme/api@sha256:0';
const key = 'env://COSIGN_PRIVATE_KEY';
/** Only what the public key has signed. */
const verifies = `case $1 in
  public-key) echo PUBLIC ;;
  verify) [ "$MOLTBOOK_DOCKER_PUBLIC_KEY" = PUBLIC ] && case "$*" in *signed*) exit 0 ;; esac; exit 10 ;;
esac`;

it('signs what has no signature of the key, and asks for the public key once', async () => {
  fakeCosign(verifies);
  const sign = await openSigner(bin, { key, args: ['--tlog-upload=false'] });
  expect([await sign(reference), await sign('ghcr.io/acme/signed@sha256:1')]).toEqual([true, false]);
  const asked = 'verify --key=env://MOLTBOOK_DOCKER_PUBLIC_KEY --insecure-ignore-tlog=true';
  expect(calls()).toEqual([
    `public-key --key=${key}`,
    `${asked} ${reference}`,
    `sign --yes --recursive --key=${key} --tlog-upload=false ${reference}`,
    `${asked} ghcr.io/acme/signed@sha256:1`,
  ]);
});

it.each<[Record<string, string>, string[]]>([
  [{}, []],
  [
    {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/docker.yml@refs/heads/main',
    },
    [
      `verify --certificate-identity=https://github.com/acme/shop/.github/workflows/docker.yml@refs/heads/main --certificate-oidc-issuer=https://token.actions.githubusercontent.com ${reference}`,
    ],
  ],
])('without a key and with the environment %j asks %j first', async (env, asked) => {
  fakeCosign(verifies);
  Object.assign(process.env, env);
  const sign = await openSigner(bin, { keyless: true });
  expect(await sign(reference)).toBe(true);
  expect(calls()).toEqual(['version', ...asked, `sign --yes --recursive ${reference}`]);
});

it.each<[string, SignOptions, string, string]>([
  [
    'a wrong password',
    { key },
    'Error: decrypt: encrypted: decryption failed',
    'cosign cannot use the key of the option "publish.sign": decrypt: encrypted: decryption failed (COSIGN_FAILED)',
  ],
  [
    'a log that is not there',
    { keyless: true },
    'Generating…\nError: signing: no such host\nerror during command execution: signing',
    `cosign could not sign ${reference}: signing: no such host (COSIGN_FAILED)`,
  ],
])('says what cosign says of %s, and not what it was given', async (_, options, said, message) => {
  fakeCosign(`case $1 in version) ;; *) cat >&2 <<'END'\n${said}\nEND\nexit 1 ;; esac`);
  const secret = '--identity-token=secret';
  const error = await openSigner(bin, { ...options, args: [secret] })
    .then((sign) => sign(reference))
    .then(String, String);
  expect(error).toContain(message);
  expect(error).not.toContain('secret');
});

it('says how to get cosign', async () => {
  process.env.PATH = bin;
  await expect(openSigner(bin, { keyless: true })).rejects.toThrow(
    'cosign is not on this machine (COSIGN_FAILED)\n  Fix: install it: https://docs.sigstore.dev',
  );
});
