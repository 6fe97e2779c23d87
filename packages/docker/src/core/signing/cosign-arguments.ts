import type { SignOptions, VerifyByIdentity, VerifyOptions } from './signing-options.js';

/**
 * Arguments of cosign that sign an image with all that its index lists.
 *
 * @param reference Name and digest: a tag may move between the question and the signature.
 */
export function signArguments({ key, args = [] }: SignOptions, reference: string): string[] {
  const who = key === undefined ? [] : [`--key=${key}`];
  return ['sign', '--yes', '--recursive', ...who, ...args, reference];
}

/** Arguments of cosign that tell whether an image has the signature that is asked for. */
export function verifyArguments(verify: VerifyOptions, reference: string): string[] {
  const who = 'key' in verify ? [`--key=${verify.key}`] : identityArguments(verify);
  return ['verify', ...who, ...(verify.args ?? []), reference];
}

function identityArguments({ identity, identityRegexp, issuer }: VerifyByIdentity): string[] {
  return [
    ...(identity === undefined ? [] : [`--certificate-identity=${identity}`]),
    ...(identityRegexp === undefined ? [] : [`--certificate-identity-regexp=${identityRegexp}`]),
    `--certificate-oidc-issuer=${issuer}`,
  ];
}

/**
 * Options of `cosign verify` that fit options of `cosign sign`: those for the registry are the same, and what is in no
 * public log is not looked for there.
 */
export function verifyOptionsFor(args: readonly string[]): string[] {
  return args.flatMap((arg) => {
    if (arg === '--tlog-upload=false') return ['--insecure-ignore-tlog=true'];
    return /^--(?:allow-(?:http|insecure)-registry|k8s-keychain|registry-[\w-]+)(?:=|$)/.test(arg)
      ? [arg]
      : [];
  });
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whom a signature without a key names in a job of this CI, as Sigstore's certificates do; nothing elsewhere. Sources:
 * https://docs.sigstore.dev/cosign/verifying/verify and https://docs.gitlab.com/ci/yaml/signing_examples.
 */
export function ownIdentity(env: Environment): VerifyByIdentity | undefined {
  const { GITHUB_SERVER_URL, GITHUB_WORKFLOW_REF, CI_SERVER_URL, CI_CONFIG_REF_URI } = env;
  if (GITHUB_WORKFLOW_REF && GITHUB_SERVER_URL === 'https://github.com')
    return {
      identity: `${GITHUB_SERVER_URL}/${GITHUB_WORKFLOW_REF}`,
      issuer: 'https://token.actions.githubusercontent.com',
    };
  if (CI_SERVER_URL && CI_CONFIG_REF_URI)
    return { identity: `https://${CI_CONFIG_REF_URI}`, issuer: CI_SERVER_URL };
  return undefined;
}
