import type { NameClaim } from './claim.js';
import { joinWords } from './find-agreement.js';

export interface NameOptions {
  readonly claims: readonly NameClaim[];
  /** What the plugin would call each image below the registry. */
  readonly images: readonly { readonly dockerfilePath: string; readonly defaultName: string }[];
  /** What is configured, or was given as a flag. */
  readonly registry: string | undefined;
}

export interface ChosenNames {
  readonly registry?: { readonly value: string; readonly sources: readonly string[] };
  /** Names that are not what the plugin would take. */
  readonly names: readonly {
    readonly dockerfilePath: string;
    readonly name: string;
    readonly sources: readonly string[];
  }[];
  readonly contradictions: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Finds the registry that all images of an existing setup are below, and what each is called there. Where an image has
 * several names, or the images have no registry in common, nothing is taken.
 */
export function chooseNames({ claims, images, registry }: NameOptions): ChosenNames {
  const known = images.map((image) => ({ ...image, ...namesOf(claims, image.dockerfilePath) }));
  const found = registry === undefined ? commonRegistry(known) : {};
  const base = registry ?? found.registry;
  const below = known.map((image) => ({ ...image, ...nameBelow(image, base) }));
  const taken = below.flatMap(({ name }) => name ?? []);
  const twice = below.filter(({ name }) => taken.filter((other) => other === name).length > 1);
  return {
    ...(found.registry !== undefined && {
      registry: { value: found.registry, sources: unique(known.flatMap(({ sources }) => sources)) },
    }),
    names: below.flatMap(({ dockerfilePath, defaultName, name, sources }) =>
      name === undefined || name === defaultName || twice.some((other) => other.name === name)
        ? []
        : [{ dockerfilePath, name, sources }],
    ),
    contradictions: [
      ...(found.contradiction === undefined ? [] : [found.contradiction]),
      ...below.flatMap(({ contradiction }) => contradiction ?? []),
      ...(twice.length === 0
        ? []
        : [
            `${joinWords(twice.map(({ dockerfilePath }) => dockerfilePath))} would have the same name, ${twice[0]?.name}`,
          ]),
    ],
    notes: below.flatMap(({ note }) => note ?? []),
  };
}

interface Known {
  readonly dockerfilePath: string;
  /** With a registry or an owner. */
  readonly full: readonly string[];
  readonly local: readonly string[];
  readonly sources: readonly string[];
}

/** What is published counts; names for a developer's machine only where there is nothing else. */
function namesOf(claims: readonly NameClaim[], dockerfilePath: string): Omit<Known, 'dockerfilePath'> {
  const own = claims.filter((claim) => claim.dockerfilePath === dockerfilePath && claim.names.length > 0);
  const published = own.filter(({ isPublished }) => isPublished);
  const used = published.length > 0 ? published : own;
  const names = unique(used.flatMap((claim) => claim.names));
  return {
    full: names.filter((name) => name.includes('/')),
    local: names.filter((name) => !name.includes('/')),
    sources: unique(used.map(({ source }) => source)),
  };
}

function commonRegistry(known: readonly Known[]): { registry?: string; contradiction?: string } {
  const named = known.filter(({ full }) => full.length > 0);
  if (named.length === 0) return {};
  const several = named.find(({ full }) => full.length > 1);
  if (several)
    return {
      contradiction: `${several.dockerfilePath} is called ${joinWords(several.full)}: the registry is left open`,
    };
  const parents = named.map(({ full: [name = ''] }) => name.split('/').slice(0, -1));
  const [first = [], ...others] = parents;
  const common = first.filter((_, index) =>
    others.every((other) => first.slice(0, index + 1).every((part, at) => other[at] === part)),
  );
  if (common.length > 0) return { registry: common.join('/') };
  return {
    contradiction: `the images have no registry in common: ${joinWords(named.flatMap(({ full }) => full))}`,
  };
}

function nameBelow(
  { dockerfilePath, full, local, sources }: Known,
  registry: string | undefined,
): { name?: string; contradiction?: string; note?: string } {
  const [only] = local;
  if (registry === undefined || full.length === 0)
    return local.length === 1 && only !== undefined ? { name: only } : {};
  const inside = full
    .filter((name) => name.startsWith(`${registry}/`))
    .map((name) => name.slice(registry.length + 1));
  if (inside.length > 1)
    return {
      contradiction: `${dockerfilePath} is called ${joinWords(inside)} below ${registry} in ${joinWords(sources)}`,
    };
  const [name] = inside;
  if (name !== undefined) return { name };
  const last = unique(full.map((each) => each.slice(each.lastIndexOf('/') + 1)));
  const [moved] = last;
  if (last.length > 1 || moved === undefined)
    return {
      contradiction: `${dockerfilePath} is called ${joinWords(full)}, none of them below ${registry}`,
    };
  return {
    name: moved,
    note: `${dockerfilePath} is ${joinWords(full)} in ${joinWords(sources)}, and becomes ${registry}/${moved}`,
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
