import type { Finding } from './finding.js';
import type { PodObject } from './kube-objects.js';
import { runningImages } from './running-images.js';
import type { WantedImage } from './wanted-image.js';

/**
 * What counts as an image, by its digest: the manifests of its platforms and their configurations; or why nobody knows.
 */
export type SameImages = ReadonlyMap<string, ReadonlySet<string> | { readonly reason: string }>;

/** What a container runs, and what it should. */
export interface ImageVerdict {
  readonly container: string;
  readonly wanted: string;
  readonly digest?: string;
  readonly running: readonly {
    readonly digest: string;
    readonly pods: readonly string[];
    /** Null where it cannot be told. */
    readonly isWanted: boolean | null;
  }[];
}

/** Compares what pods run with what was wanted, by digest. */
export function compareImages(
  pods: readonly PodObject[],
  wanted: ReadonlyMap<string, WantedImage>,
  same: SameImages,
): { images: ImageVerdict[]; findings: Finding[] } {
  const running = runningImages(pods, new Set(wanted.keys()));
  const images = [...wanted].map(([container, { reference, digest }]): ImageVerdict => {
    const own = running.filter((each) => each.container === container);
    const digests = [...new Set(own.map((each) => each.digest))];
    return {
      container,
      wanted: reference,
      ...(digest !== undefined && { digest }),
      running: digests.map((each) => ({
        digest: each,
        pods: own.filter((one) => one.digest === each).map(({ pod }) => pod),
        isWanted: isSame(each, digest, same),
      })),
    };
  });
  return { images, findings: images.flatMap((image) => explainVerdict(image, same)) };
}

/** The digests that running images would have to be looked up for: those that differ at first sight. */
export function unlikeDigests(
  pods: readonly PodObject[],
  wanted: ReadonlyMap<string, WantedImage>,
): WantedImage[] {
  const running = runningImages(pods, new Set(wanted.keys()));
  return [...wanted].flatMap(([container, image]) => {
    const isUnlike = running.some((each) => each.container === container && each.digest !== image.digest);
    return image.digest !== undefined && isUnlike ? [image] : [];
  });
}

function isSame(running: string, wanted: string | undefined, same: SameImages): boolean | null {
  if (wanted === undefined) return null;
  if (running === wanted) return true;
  const known = same.get(wanted);
  return known && 'has' in known ? known.has(running) : null;
}

function explainVerdict({ container, wanted, digest, running }: ImageVerdict, same: SameImages): Finding[] {
  return running.flatMap(({ digest: other, pods, isWanted }): Finding[] => {
    if (isWanted === true) return [];
    if (digest === undefined)
      return [
        {
          severity: 'note',
          reason: 'NotCompared',
          container,
          pods,
          message: `it runs ${short(other)}; nobody could say which digest ${wanted} has`,
          fix: 'write digests into the manifests, give --from, or log in to the registry',
        },
      ];
    const known = same.get(digest);
    const doubt = known && 'reason' in known ? known.reason : undefined;
    return [
      {
        severity: 'error',
        reason: 'OtherDigest',
        container,
        pods,
        message:
          doubt === undefined
            ? `it runs ${short(other)}, not ${short(digest)} of ${wanted}`
            : `it runs ${short(other)}, which may be one platform of ${short(digest)}: ${doubt}`,
        fix:
          doubt === undefined
            ? 'start it again with moltbook-docker k8s restart; a tag that moves needs imagePullPolicy: Always'
            : 'let this machine read the registry, then run this again',
      },
    ];
  });
}

function short(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
