/** Why an image could not be pulled, and what to do about it. */
export interface PullReason {
  readonly cause:
    | 'not found'
    | 'unauthorized'
    | 'rate limit'
    | 'no such platform'
    | 'unreachable'
    | 'no space'
    | 'unknown';
  readonly message: string;
  readonly fix: string;
}

interface Rule extends PullReason {
  readonly pattern: RegExp;
}

/** The first that fits: an answer about platforms says "not found" too, and so do refusals. */
const rules: readonly Rule[] = [
  {
    cause: 'rate limit',
    pattern: /toomanyrequests|too many requests|\b429\b|rate limit/i,
    message: 'the registry answers no more, because it was asked too often',
    fix: 'wait, or let the nodes log in to the registry (imagePullSecrets), or take a mirror',
  },
  {
    cause: 'no such platform',
    pattern:
      /no match(?:ing manifest)? for (?:platform|[a-z]+\/)|does not match the specified platform|no image found in (?:manifest list|image index) for/i,
    message: 'the image was not built for the platform of the node',
    fix: 'build it for this platform too (option platforms), or let the pods run on other nodes',
  },
  {
    cause: 'unauthorized',
    pattern:
      /\b40[13]\b|unauthorized|forbidden|authentication required|authorization failed|insufficient_scope|access denied|\bdenied\b|no basic auth credentials|credentials/i,
    message: 'the registry does not let the cluster pull it, or has no such repository',
    fix: 'give the pods imagePullSecrets of somebody who may pull it, or make the package public',
  },
  {
    cause: 'not found',
    pattern:
      /not found|manifest unknown|name[_ ]unknown|manifest_unknown|repository does not exist|does not exist/i,
    message: 'the registry has no such tag or digest',
    fix: 'publish it, or write what was published with moltbook-docker k8s set',
  },
  {
    cause: 'no space',
    pattern: /no space left on device/i,
    message: 'the disk of the node is full',
    fix: 'free the disk of the node, or give it a larger one',
  },
  {
    cause: 'unreachable',
    pattern:
      /no such host|connection refused|connection reset|i\/o timeout|dial tcp|tls|x509|deadline exceeded|http response to https|\b50[0234]\b|\bEOF\b/i,
    message: 'the node cannot reach the registry',
    fix: 'look at the name, the network and the certificates of the registry from the node',
  },
];

/** Explains the message of a failed pull, as containerd, CRI-O and Docker write it. */
export function explainPull(message: string): PullReason {
  const found = rules.find(({ pattern }) => pattern.test(withoutReferences(message)));
  if (found) return { cause: found.cause, message: found.message, fix: found.fix };
  return {
    cause: 'unknown',
    message: 'it cannot be pulled',
    fix: 'see what the node says with kubectl describe pod',
  };
}

/** A tag may be called `429`, and a repository `credentials`. */
function withoutReferences(message: string): string {
  return message
    .replace(/\\?"[^"\s]*[:/@][^"\s]*\\?"/g, '""')
    .replace(/\S+@sha256:[0-9a-f]+|[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/[\w.-]+)+(?::[\w.-]+)?(?=:? )/g, 'it');
}
