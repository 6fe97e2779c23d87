import type { Setting, SettingClaim } from './claim.js';
import { findAgreement, listSources } from './find-agreement.js';

/** An image as the plugin builds it now, without what is about to be imported. */
export interface InferredImage {
  readonly dockerfilePath: string;
  readonly buildContext: string;
  readonly targetStage?: string;
  /** The name of the last stage, if it has one. */
  readonly lastStage?: string;
  readonly platforms?: readonly string[];
  readonly buildArgs: Readonly<Record<string, string | null>>;
  readonly namedContexts: Readonly<Record<string, string>>;
  /** Build arguments that its Dockerfile declares: others have no effect. */
  readonly declaredArgs: readonly string[];
  /** Settings that nx.json or the project's own target state: those win. */
  readonly configured: readonly string[];
}

export interface ChosenSetting {
  readonly dockerfilePath: string;
  readonly setting: Setting;
  readonly value: string | readonly string[];
  readonly sources: readonly string[];
}

export interface ChosenSettings {
  readonly chosen: readonly ChosenSetting[];
  /** Sentences about what the sources do not agree on. */
  readonly contradictions: readonly string[];
  /** Sentences about sources that say something else than the configuration does. */
  readonly kept: readonly string[];
}

/**
 * Takes what all sources agree on, and what the plugin would not do anyway. Where they contradict each other nothing is
 * taken.
 */
export function chooseSettings(
  claims: readonly SettingClaim[],
  images: readonly InferredImage[],
): ChosenSettings {
  const byPath = new Map(images.map((image) => [image.dockerfilePath, image]));
  const known = claims.flatMap((claim) => {
    const image = byPath.get(claim.dockerfilePath);
    return image && hasEffect(claim, image) ? [{ ...claim, value: normalize(claim, image), image }] : [];
  });
  const open = known.filter(({ setting, image }) => !isConfigured(setting, image));
  const { agreed, differing } = findAgreement(open, ({ dockerfilePath, setting }) =>
    JSON.stringify([dockerfilePath, setting]),
  );
  return {
    chosen: agreed
      .filter(({ claim }) => !isSame(claim.value, currentValue(claim.setting, claim.image)))
      .map(({ claim: { dockerfilePath, setting, value }, sources }) => ({
        dockerfilePath,
        setting,
        value,
        sources,
      })),
    contradictions: differing.map((group) => contradiction(group)),
    kept: known
      .filter(({ setting, image }) => isConfigured(setting, image))
      .filter(({ setting, value, image }) => !isSame(value, currentValue(setting, image)))
      .map(({ setting, value, image: { dockerfilePath }, source }) => {
        const name = nameOf(setting);
        return `${name} of ${dockerfilePath} is configured; ${source} says ${show(value)}`;
      }),
  };
}

function hasEffect({ setting }: SettingClaim, { declaredArgs }: InferredImage): boolean {
  const [kind, ...name] = setting.split('.');
  return kind !== 'buildArgs' || declaredArgs.includes(name.join('.'));
}

/** The last stage is the one that is built where none is named. */
function normalize({ setting, value }: SettingClaim, { lastStage }: InferredImage) {
  return setting === 'targetStage' && value === lastStage ? '' : value;
}

function isConfigured(setting: Setting, { configured }: InferredImage): boolean {
  return configured.includes(setting);
}

function currentValue(setting: Setting, image: InferredImage): string | readonly string[] | undefined {
  if (setting === 'buildContext') return image.buildContext;
  if (setting === 'targetStage')
    return image.targetStage === image.lastStage ? '' : (image.targetStage ?? '');
  if (setting === 'platforms') return image.platforms;
  const name = setting.slice(setting.indexOf('.') + 1);
  const values = setting.startsWith('buildArgs.') ? image.buildArgs : image.namedContexts;
  return values[name] ?? undefined;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function contradiction(group: readonly SettingClaim[]): string {
  const [first] = group;
  const values = listSources(group, ({ value }) => show(value));
  return `${nameOf(first?.setting ?? '')} of ${first?.dockerfilePath} is ${values}`;
}

const plainNames: Readonly<Record<string, string>> = {
  buildContext: 'the build context',
  targetStage: 'the target stage',
  platforms: 'the list of platforms',
};

function nameOf(setting: string): string {
  const [kind = '', ...name] = setting.split('.');
  if (name.length === 0) return plainNames[kind] ?? setting;
  return `the ${kind === 'buildArgs' ? 'build argument' : 'named context'} ${name.join('.')}`;
}

function show(value: string | readonly string[]): string {
  if (value === '') return 'the last one';
  return typeof value === 'string' ? JSON.stringify(value) : value.join(',');
}
