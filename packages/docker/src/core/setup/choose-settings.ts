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
  /** Sentences about what only a developer's machine builds in another way. */
  readonly notes: readonly string[];
}

/**
 * Takes what all sources agree on, and what the plugin would not do anyway. Where they contradict each other nothing is
 * taken; but what is published counts more than what a developer builds.
 */
export function chooseSettings(
  claims: readonly SettingClaim[],
  images: readonly InferredImage[],
): ChosenSettings {
  const byPath = new Map(images.map((image) => [image.dockerfilePath, image]));
  const known = claims.flatMap((claim): Known[] => {
    const image = byPath.get(claim.dockerfilePath);
    return image && hasEffect(claim, image) ? [{ ...claim, value: normalize(claim, image), image }] : [];
  });
  const open = known.filter(({ setting, image }) => !isConfigured(setting, image));
  const counting = open.filter((claim) => claim.isPublished || !publishedAs(claim, open));
  const { agreed, differing } = findAgreement(counting, ({ dockerfilePath, setting }) =>
    JSON.stringify([dockerfilePath, setting]),
  );
  const wanted = agreed.filter(({ claim }) => !isSame(claim.value, currentValue(claim.setting, claim.image)));
  const isOpen = ({ claim }: { claim: Known }) =>
    claim.setting === 'targetStage' && writtenValue(claim) === '';
  return {
    chosen: wanted
      .filter((each) => !isOpen(each))
      .map(({ claim, sources }) => ({
        dockerfilePath: claim.dockerfilePath,
        setting: claim.setting,
        value: writtenValue(claim),
        sources,
      })),
    contradictions: [
      ...differing.map((group) => contradiction(group)),
      ...wanted.filter(isOpen).map(({ claim }) => unnamed(claim)),
      ...open.flatMap((claim) => onlyLocal(claim, open)),
    ],
    kept: known
      .filter(({ setting, image }) => isConfigured(setting, image))
      .filter(({ setting, value, image }) => !isSame(value, currentValue(setting, image)))
      .map((claim) => `${subjectOf(claim)} is configured; ${claim.source} says ${show(claim.value)}`),
    notes: open.flatMap((claim) => {
      const published = claim.isPublished ? undefined : publishedAs(claim, open);
      if (!published || isSame(published.value, claim.value)) return [];
      return [
        `${claim.source} has ${show(claim.value)} as ${subjectOf(claim)}; what is published has ${show(published.value)}`,
      ];
    }),
  };
}

interface Known extends SettingClaim {
  readonly image: InferredImage;
}

/** What is published says the same setting of the same image. */
function publishedAs({ dockerfilePath, setting }: Known, all: readonly Known[]): Known | undefined {
  return all.find(
    (other) => other.isPublished && other.dockerfilePath === dockerfilePath && other.setting === setting,
  );
}

/** The plugin reads compose files: what they give, it would publish, too. */
function onlyLocal(claim: Known, all: readonly Known[]): string[] {
  const { setting, isPublished, dockerfilePath, source, value } = claim;
  const others = all.filter((other) => other.isPublished && other.dockerfilePath === dockerfilePath);
  if (isPublished || others.length === 0 || !setting.includes('.') || publishedAs(claim, all)) return [];
  const [first] = others;
  return [`${subjectOf(claim)} is ${show(value)} in ${source}, and not given in ${first?.source}`];
}

/** The last stage has to be named where something else is built by default. */
function writtenValue({ setting, value, image }: Known): string | readonly string[] {
  return setting === 'targetStage' && value === '' ? (image.lastStage ?? '') : value;
}

function unnamed({ dockerfilePath, source, image }: Known): string {
  return `${source} builds the last stage of ${dockerfilePath}, which has no name, and the plugin ${image.targetStage}: name it with AS`;
}

function subjectOf({ setting, dockerfilePath }: Known): string {
  return `${nameOf(setting)} of ${dockerfilePath}`;
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
