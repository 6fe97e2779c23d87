import { known, longSha, shortSha, unknownPart } from '../audit/known-parts.js';
import type { WorkflowBuild } from '../audit/workflow-build.js';
import type { Claims, Setting, SettingClaim } from './claim.js';

/** How one image is built somewhere, with what it is pushed as. */
export type FoundBuild = Pick<
  WorkflowBuild,
  'context' | 'target' | 'buildArgs' | 'namedContexts' | 'platforms' | 'openArgs' | 'inputs' | 'references'
>;

export interface BuildOrigin {
  readonly dockerfilePath: string;
  /** Where it stands: `.github/workflows/api.yml:31`. */
  readonly source: string;
  readonly isPublished: boolean;
  /** False where something else makes its tags. */
  readonly hasOwnTags: boolean;
}

/** Reads what a build says about its image. */
export function buildClaims(build: FoundBuild, origin: BuildOrigin): Claims {
  const { dockerfilePath, source, isPublished } = origin;
  const { context, target, platforms, references, inputs = [], openArgs = [] } = build;
  const settings: [Setting, string | readonly string[] | undefined][] = [
    ['buildContext', context],
    ['targetStage', target ?? (inputs.includes('target') ? undefined : '')],
    ['platforms', platforms && [...platforms].sort()],
    ...named('buildArgs', build.buildArgs),
    ...named('namedContexts', build.namedContexts),
  ];
  const tags = origin.hasOwnTags ? referenceTags(references) : { lines: [], open: [] };
  return {
    settings: settings.flatMap(([setting, value]): SettingClaim[] =>
      value === undefined ? [] : [{ dockerfilePath, setting, value, isPublished, source }],
    ),
    names: [{ dockerfilePath, names: namesIn(references), isPublished, source }],
    rules: tags.lines.length > 0 ? [{ kind: 'tags', lines: tags.lines, source }] : [],
    left: [
      ...openArgs.map(
        (name) => `the build argument ${name} in ${source}: its value is known only in a run there`,
      ),
      ...tags.open.map((tag) => `the tag ${tag} in ${source}: it is known only in a run there`),
      ...inputs.flatMap((name) => {
        const advice = Object.hasOwn(withoutCounterpart, name) ? withoutCounterpart[name] : undefined;
        return advice === undefined ? [] : [`${name} in ${source}: ${advice}`];
      }),
    ],
  };
}

const secretAdvice = 'name its source in the plugin option secrets';
const noCounterpart = 'docker-build has no such option';

/** What a build can be given and setup does not take over. */
const withoutCounterpart: Readonly<Record<string, string>> = {
  secrets: secretAdvice,
  'secret-files': secretAdvice,
  'secret-envs': secretAdvice,
  secret: secretAdvice,
  ssh: noCounterpart,
  'add-hosts': noCounterpart,
  'add-host': noCounterpart,
  allow: noCounterpart,
  network: noCounterpart,
  'shm-size': noCounterpart,
  ulimit: noCounterpart,
  sbom: 'say it in the plugin option ci.sbom',
  provenance: 'say it in the plugin option ci.provenance',
};

function named(
  kind: 'buildArgs' | 'namedContexts',
  values: Readonly<Record<string, string>> = {},
): [Setting, string][] {
  return Object.entries(values).map(([name, value]) => [`${kind}.${name}`, value]);
}

/** The names without tags. Of a name whose beginning is not known, the rest. */
export function namesIn(references: readonly string[]): string[] {
  const names = references.map((reference) => {
    const name = reference
      .replace(/@.*$/s, '')
      .replace(/:[^/]*$/s, '')
      .toLowerCase();
    return name
      .slice(name.lastIndexOf(unknownPart) + 1)
      .replace(/^.*?\//s, (start) => (name.includes(unknownPart) ? '' : start));
  });
  return [...new Set(names.filter((name) => name !== '' && known(name) !== undefined))];
}

/** Tags that stand there, as rules. */
function referenceTags(references: readonly string[]): { lines: string[]; open: string[] } {
  const tags = references
    .filter((reference) => reference.includes('/'))
    .flatMap((reference) => /:([^/:]+)$/.exec(reference)?.[1] ?? []);
  const rules = [...new Set(tags)].map((tag) => ({ tag, line: tagRule(tag) }));
  return {
    lines: rules.flatMap(({ line }) => line ?? []),
    open: rules.filter(({ line }) => line === undefined).map(({ tag }) => tag.replaceAll(unknownPart, '…')),
  };
}

function tagRule(tag: string): string | undefined {
  const [, prefix, commit] = new RegExp(`^([\\w.-]*)([${shortSha}${longSha}])$`).exec(tag) ?? [];
  if (commit === longSha) return `type=sha,prefix=${prefix},format=long`;
  if (commit === shortSha) return `type=sha,prefix=${prefix}`;
  // A release or another branch must not take what a fixed name stands for.
  return known(tag) === undefined ? undefined : `type=raw,value=${tag},enable={{is_default_branch}}`;
}
