import type { Problem } from '../../core/errors.js';
import { joinRef, splitRef } from '../../core/manifest/loose-ref.js';
import { verifyArguments } from '../../core/signing/cosign-arguments.js';
import type { VerifyOptions } from '../../core/signing/signing-options.js';
import { eachLimited } from '../../host/each-limited.js';
import { cosignFailed, runCosign } from '../../host/run-cosign.js';
import type { NewReference } from './prove-references.js';

/** How cosign ends where there is no signature, or none of those who were asked for. */
const unsigned: readonly number[] = [10, 12];

/**
 * Asks cosign for the signature of each image that is about to be named.
 *
 * @param root Where paths of keys start.
 * @throws DockerPluginError COSIGN_FAILED without cosign.
 */
export async function verifySignatures(
  root: string,
  references: readonly NewReference[],
  verify: VerifyOptions,
): Promise<Problem[]> {
  const found = await eachLimited(references, async ({ reference, place }): Promise<Problem[]> => {
    const { name, tag, digest } = splitRef(reference);
    // What runs is what the digest says.
    const image = joinRef(
      digest === undefined ? { name, ...(tag !== undefined && { tag }) } : { name, digest },
    );
    const answer = await runCosign(root, verifyArguments(verify, image));
    if (answer.exitCode === 0) return [];
    if (unsigned.includes(answer.exitCode)) return [{ ...refused(image, answer.reason, verify), place }];
    const fix = 'correct that, or the option "kubernetes.verify" in nx.json, then run this again';
    return [{ ...cosignFailed(`cosign cannot tell whether ${image} is signed`, answer, fix), place }];
  });
  return found.flat();
}

function refused(image: string, reason: string, verify: VerifyOptions): Problem {
  const who = 'key' in verify ? verify.key : (verify.identity ?? verify.identityRegexp);
  return {
    code: 'SIGNATURE_MISSING',
    severity: 'error',
    message: `${image} is not signed as nx.json demands (${who}): ${reason}`,
    fix: 'publish it by ci publish with the option "publish.sign", or sign it with cosign sign',
  };
}
