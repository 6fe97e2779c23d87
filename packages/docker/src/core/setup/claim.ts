/** What an existing setup says about one setting of one image. */
export interface SettingClaim {
  /** Workspace-relative path of the Dockerfile. */
  readonly dockerfilePath: string;
  readonly setting: Setting;
  /** Platforms are a list; an empty target stage is the last one. */
  readonly value: string | readonly string[];
  /** False for what is only built on a developer's machine, as by compose: what is published counts more. */
  readonly isPublished: boolean;
  /** For people, as a place where it can be looked up: `.github/workflows/api.yml:31`. */
  readonly source: string;
}

/** A key of the options of an image; of a build argument or a named context, with its name. */
export type Setting =
  | 'buildContext'
  | 'targetStage'
  | 'platforms'
  | `buildArgs.${string}`
  | `namedContexts.${string}`;

/** What an existing setup calls an image. */
export interface NameClaim {
  readonly dockerfilePath: string;
  /** Registry and repository, without a tag. Where the registry is not known, the name below it alone. */
  readonly names: readonly string[];
  /** False for a name that only a developer's machine knows, as that of a compose service. */
  readonly isPublished: boolean;
  readonly source: string;
}

/** Rules in the syntax of docker/metadata-action, which hold for all images. */
export interface RuleClaim {
  readonly kind: RuleKind;
  readonly lines: readonly string[];
  readonly source: string;
}

export type RuleKind = 'tags' | 'flavor' | 'labels' | 'annotations';

/** All that was found in one kind of files. */
export interface Claims {
  readonly settings: readonly SettingClaim[];
  readonly names: readonly NameClaim[];
  readonly rules: readonly RuleClaim[];
  /** What is said there and cannot be taken over, sentence by sentence. */
  readonly left: readonly string[];
}

export function mergeClaims(all: readonly Claims[]): Claims {
  return {
    settings: all.flatMap(({ settings }) => settings),
    names: all.flatMap(({ names }) => names),
    rules: all.flatMap(({ rules }) => rules),
    left: [...new Set(all.flatMap(({ left }) => left))],
  };
}
