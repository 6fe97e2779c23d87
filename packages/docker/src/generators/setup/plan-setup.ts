import { chooseRules } from '../../core/setup/choose-rules.js';
import { chooseSettings } from '../../core/setup/choose-settings.js';
import type { JsonValue } from '../../core/setup/edit-json.js';
import type { Finding, SetupSummary } from '../../core/setup/format-summary.js';
import { imageOptions } from '../../core/setup/image-options.js';
import type { JsonRecord } from '../../core/setup/wanted-options.js';
import { manifestFiles } from '../../reports/references/manifest-files.js';
import { type DecidedLogin, decideLogin } from './decide-login.js';
import { type DecidedNames, decideNames } from './decide-names.js';
import { findKubernetes } from './find-kubernetes.js';
import { type FoundProvider, findProvider } from './find-provider.js';
import { entryOf, inferredImages, type NamedImage } from './inferred-image.js';
import type { SetupFacts } from './read-setup.js';
import type { SetupRequest } from './setup-options.js';

/** What setup is going to do. */
export interface SetupPlan extends Omit<SetupSummary, 'title' | 'written' | 'next'> {
  readonly provider: FoundProvider['provider'];
  readonly registry?: string;
  readonly login?: DecidedLogin;
  /** Wanted options, one for each entry of the plugin. */
  readonly options: readonly JsonRecord[];
}

/**
 * Decides what an existing setup and the request come to.
 *
 * @throws DockerPluginError OPTIONS_INVALID for a request that names what is not there.
 */
export function planSetup(facts: SetupFacts, request: SetupRequest): SetupPlan {
  const images = inferredImages(facts);
  const provider = findProvider(facts, request);
  const names = decideNames(facts, request, images);
  const settings = chooseSettings(facts.claims.settings, images);
  const rules = chooseRules(facts.claims.rules, branchOf(facts));
  const kubernetes = decideKubernetes(facts, request, { images, names });
  const login = decideLogin(facts, request, { provider: provider.provider, registry: names.registry });
  const perImage = imageOptions(settings.chosen, names.names);
  const shared = withoutEmpty({
    registry: names.registry,
    ci: withoutEmpty({
      provider: provider.provider === 'gitlab' ? 'gitlab' : undefined,
      strategy: request.strategy === 'single' ? 'single' : undefined,
      registryLogin: login && { username: login.username, password: login.password },
    }),
    publish: withoutEmpty(Object.fromEntries(rules.chosen.map(({ kind, lines }) => [kind, lines]))),
    kubernetes: kubernetes.paths.length > 0 ? { paths: kubernetes.paths } : undefined,
  });
  return {
    provider: provider.provider,
    ...(names.registry !== undefined && { registry: names.registry }),
    ...(login && { login }),
    options: facts.entries.map((entry, index) => {
      const own = Object.entries(perImage).filter(([path]) => entryOf(path, facts.entries) === entry);
      // All images share the registry, whichever entry takes them.
      const base = index === 0 ? shared : withoutEmpty({ registry: names.registry });
      return { ...base, ...withoutEmpty({ images: withoutEmpty(Object.fromEntries(own)) }) };
    }),
    found: [
      ...imageFindings(images),
      ...names.found,
      ...settings.chosen.map(({ dockerfilePath, setting, value, sources }) => ({
        what: settingNames[setting.replace(/\..*$/s, '')] ?? setting,
        value: `${settingText(setting, value)} of ${dockerfilePath}`,
        sources,
      })),
      ...rules.chosen.map(({ kind, lines, sources }) => ({ what: kind, value: lines.join('; '), sources })),
      ...(provider.provider === 'none'
        ? []
        : [{ what: 'CI', value: provider.provider, sources: provider.sources }]),
      ...(login
        ? [{ what: 'login', value: `${login.username}, ${login.password}`, sources: login.sources }]
        : []),
      ...kubernetes.paths.map((path) => ({ what: 'Kubernetes', value: path, sources: kubernetes.sources })),
    ],
    contradictions: [
      ...(provider.contradiction === undefined ? [] : [provider.contradiction]),
      ...names.contradictions,
      ...settings.contradictions,
      ...rules.contradictions,
    ],
    left: [...facts.claims.left, ...rules.left],
    kept: [...names.kept, ...settings.kept],
    notes: [...names.notes, ...settings.notes, ...kubernetes.notes],
  };
}

/** The branch that GitHub calls the default one. */
function branchOf({ nxJson, entries }: SetupFacts): string {
  return entries[0].options.ci?.branch ?? nxJson.defaultBase ?? 'main';
}

function decideKubernetes(
  { workspace, entries }: SetupFacts,
  request: SetupRequest,
  { images, names }: { images: readonly NamedImage[]; names: DecidedNames },
): { paths: readonly string[]; sources: readonly string[]; notes: readonly string[] } {
  const configured = entries[0].options.kubernetes?.paths;
  if (configured) return { paths: [], sources: [], notes: [] };
  if (request.kubernetes) {
    // Throws for a folder that is not there.
    if (request.kubernetes.length > 0) manifestFiles(workspace, request.kubernetes);
    return { paths: request.kubernetes, sources: ['--kubernetes'], notes: [] };
  }
  const chosen = new Map(names.names.map(({ dockerfilePath, name }) => [dockerfilePath, name]));
  const all = images.map(({ dockerfilePath, defaultName }) => chosen.get(dockerfilePath) ?? defaultName);
  const { folders, withoutImages } = findKubernetes(workspace, all);
  return {
    paths: folders,
    sources: ['manifests that name an image'],
    notes: withoutImages.map((folder) => `the Kubernetes manifests in ${folder} name none of the images`),
  };
}

function imageFindings(images: readonly NamedImage[]): Finding[] {
  return images.map(({ projectName, dockerfilePath }) => ({
    what: 'image',
    value: projectName,
    sources: [dockerfilePath],
  }));
}

const settingNames: Readonly<Record<string, string>> = {
  buildContext: 'build context',
  targetStage: 'target stage',
  buildArgs: 'build argument',
  namedContexts: 'named context',
};

function settingText(setting: string, value: string | readonly string[]): string {
  const [, ...name] = setting.split('.');
  const text = typeof value === 'string' ? value : value.join(',');
  return name.length === 0 ? text : `${name.join('.')}=${text}`;
}

function withoutEmpty(record: Readonly<Record<string, JsonValue | undefined>>): JsonRecord {
  return Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, JsonValue] => {
      const [, value] = entry;
      const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
      return value !== undefined && !isEmpty;
    }),
  );
}
