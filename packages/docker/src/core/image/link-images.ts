import type { Problem } from '../errors.js';
import type { ImageUse } from './evaluation.js';
import { parseImageRef } from './parse-image-ref.js';

/** An image as far as others can be built from it. */
export interface LinkableImage {
  /** Any unique text. */
  readonly id: string;
  /** Registry and repository, without a tag. */
  readonly image: string;
  readonly uses: readonly ImageUse[];
}

/** `from` is built from `to`. */
export interface ImageEdge {
  readonly from: string;
  readonly to: string;
  /** The uses that make the edge, at least one. */
  readonly uses: readonly ImageUse[];
}

export interface ImageLinks {
  /** Without circles. */
  readonly edges: readonly ImageEdge[];
  /** IMAGE_CYCLE for each edge that was left out because it closes a circle, by id of its image. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
}

/**
 * Finds which images of a workspace are built from each other: a FROM, COPY --from or mount that names the
 * repository of another image, whatever its tag. A digest names one published image, never the one in the
 * workspace. An image never depends on itself: `FROM redis:7` in the project that builds `redis` is Docker Hub's.
 */
export function linkImages(images: readonly LinkableImage[]): ImageLinks {
  const byRepository = new Map<string, LinkableImage>();
  for (const image of images) {
    const name = repositoryOf(image.image);
    if (name !== undefined && !byRepository.has(name)) byRepository.set(name, image);
  }
  const edges = images.flatMap((image) => edgesOf(image, byRepository));
  return withoutCircles(edges);
}

function edgesOf(image: LinkableImage, byRepository: ReadonlyMap<string, LinkableImage>): ImageEdge[] {
  const uses = new Map<string, ImageUse[]>();
  for (const use of image.uses) {
    const base = byRepository.get(repositoryOf(use.imageRef) ?? '');
    if (!base || base.id === image.id || !isMeant(use, base)) continue;
    uses.set(base.id, [...(uses.get(base.id) ?? []), use]);
  }
  return [...uses].map(([to, list]) => ({ from: image.id, to, uses: list }));
}

/** A bare name such as `redis` is on Docker Hub, too: with a version it is taken for that one. */
function isMeant(use: ImageUse, base: LinkableImage): boolean {
  const { ref } = parseImageRef(use.imageRef);
  if (!ref || ref.digest !== undefined) return false;
  return base.image.includes('/') || ref.tag === undefined || ref.tag === 'latest' || ref.tag === 'local';
}

function repositoryOf(text: string): string | undefined {
  const { ref } = parseImageRef(text);
  return ref && `${ref.domain}/${ref.path}`;
}

function withoutCircles(edges: readonly ImageEdge[]): ImageLinks {
  const kept: ImageEdge[] = [];
  const problems = new Map<string, Problem[]>();
  for (const edge of edges) {
    const way = findWay(edge.to, edge.from, kept);
    if (!way) kept.push(edge);
    else problems.set(edge.from, [...(problems.get(edge.from) ?? []), circleProblem(edge, way)]);
  }
  return { edges: kept, problems };
}

/** The images on the way from one to another along edges, both included. */
function findWay(start: string, goal: string, edges: readonly ImageEdge[]): string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[start, undefined]]);
  for (const at of cameFrom.keys()) {
    if (at === goal) return trace(at, cameFrom);
    for (const edge of edges) if (edge.from === at && !cameFrom.has(edge.to)) cameFrom.set(edge.to, at);
  }
  return undefined;
}

function trace(end: string, cameFrom: ReadonlyMap<string, string | undefined>): string[] {
  const way: string[] = [];
  for (let at: string | undefined = end; at !== undefined; at = cameFrom.get(at)) way.unshift(at);
  return way;
}

function circleProblem({ from, uses }: ImageEdge, way: readonly string[]): Problem {
  const [use] = uses;
  return {
    code: 'IMAGE_CYCLE',
    severity: 'error',
    message: `images are built from each other in a circle: ${[from, ...way].join(' -> ')}`,
    fix: `let ${from} start from an image outside of the circle`,
    ...(use && { place: use.place }),
  };
}
