import type { Declaration } from './declaration.js';

/** What the declarations of one Dockerfile agree on. */
export interface ChosenDeclaration {
  readonly sources: readonly string[];
  readonly buildContext?: string;
  readonly targetStage?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly platforms?: readonly string[];
  readonly namedContexts?: Readonly<Record<string, string>>;
  /** Names of the settings on which they differ: those are left to inference. */
  readonly differing: readonly string[];
}

const settings = ['buildContext', 'targetStage', 'buildArgs', 'platforms', 'namedContexts'] as const;

/**
 * Takes the bake targets that build a Dockerfile, or where there is none the compose services. Several may build
 * different images from it; what they do not agree on cannot be the setting of one image.
 */
export function chooseDeclaration(
  declarations: readonly Declaration[],
  dockerfilePath: string,
): ChosenDeclaration | undefined {
  const all = declarations.filter((declaration) => declaration.dockerfilePath === dockerfilePath);
  const bake = all.filter(({ kind }) => kind === 'bake');
  const used = bake.length > 0 ? bake : all;
  const [first, ...others] = used;
  if (!first) return undefined;
  const differing = settings.filter((name) => others.some((other) => !isSame(other[name], first[name])));
  const agreed = settings.filter((name) => first[name] !== undefined && !differing.includes(name));
  return {
    sources: used.map(({ source }) => source),
    ...Object.fromEntries(agreed.map((name) => [name, first[name]])),
    differing,
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
