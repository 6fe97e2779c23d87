import { DockerPluginError } from '../core/errors.js';
import {
  ownIdentity,
  signArguments,
  verifyArguments,
  verifyOptionsFor,
} from '../core/signing/cosign-arguments.js';
import type { SignOptions } from '../core/signing/signing-options.js';
import { cosignFailed, runCosign } from './run-cosign.js';

/** Signs an image by name and digest, if it is not signed in this way already. True if it was signed now. */
export type Signer = (reference: string) => Promise<boolean>;

const publicKeyVariable = 'MOLTBOOK_DOCKER_PUBLIC_KEY';

/**
 * Makes a function that signs images with cosign, the image and all that its index lists.
 *
 * @param root Where paths of keys start.
 * @throws DockerPluginError COSIGN_FAILED, without cosign or where the key cannot be used: before anything is signed.
 */
export async function openSigner(root: string, sign: SignOptions): Promise<Signer> {
  const publicKey = sign.key === undefined ? undefined : await readPublicKey(root, sign.key);
  if (publicKey === undefined) await requireCosign(root);
  const identity = sign.key === undefined ? ownIdentity(process.env) : { key: `env://${publicKeyVariable}` };
  const env: Record<string, string> = publicKey === undefined ? {} : { [publicKeyVariable]: publicKey };

  return async (reference) => {
    if (identity) {
      const verify = { ...identity, args: verifyOptionsFor(sign.args ?? []) };
      const { exitCode } = await runCosign(root, verifyArguments(verify, reference), env);
      // Any failure to tell is no signature: one more does no harm.
      if (exitCode === 0) return false;
    }
    const answer = await runCosign(root, signArguments(sign, reference));
    if (answer.exitCode === 0) return true;
    throw new DockerPluginError(
      cosignFailed(
        `cosign could not sign ${reference}`,
        answer,
        'correct that, then publish again: no name was moved, and signatures that were made stay',
      ),
    );
  };
}

async function readPublicKey(root: string, key: string): Promise<string> {
  const answer = await runCosign(root, ['public-key', `--key=${key}`]);
  if (answer.exitCode === 0) return answer.stdout;
  throw new DockerPluginError(
    cosignFailed(
      'cosign cannot use the key of the option "publish.sign"',
      answer,
      'give the key where the option says, and its password in the variable COSIGN_PASSWORD',
    ),
  );
}

async function requireCosign(root: string): Promise<void> {
  await runCosign(root, ['version']);
}
