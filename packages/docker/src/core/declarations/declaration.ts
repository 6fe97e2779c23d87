/** What a bake or compose file says about building one Dockerfile. */
export interface Declaration {
  /** For people: `target "api" in docker-bake.hcl`. */
  readonly source: string;
  readonly kind: 'bake' | 'compose';
  /** Workspace-relative. */
  readonly dockerfilePath: string;
  /** Workspace-relative folder. */
  readonly buildContext: string;
  readonly targetStage?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly platforms?: readonly string[];
  readonly namedContexts?: Readonly<Record<string, string>>;
  /** What it is called, as `registry/repository:tag`: bake's `tags`, and `image` of compose. */
  readonly imageRefs?: readonly string[];
}

/** The words of a declaration as they stand in the file; each may be missing. */
export interface DeclarationWords {
  readonly source: string;
  readonly kind: Declaration['kind'];
  /** Workspace-relative path of the file. */
  readonly file: string;
  readonly context: string | undefined;
  readonly dockerfile: string | undefined;
  readonly targetStage: string | undefined;
  readonly platforms: Value;
  readonly buildArgs: Record<string, string>;
  readonly namedContexts?: Record<string, string>;
  readonly imageRefs: readonly string[] | undefined;
}

/**
 * Makes a declaration of its words: the context is relative to the file, the Dockerfile to the context. A context
 * or Dockerfile outside of the workspace gives none.
 */
export function toDeclarations(words: DeclarationWords): Declaration[] {
  const { source, kind, file, targetStage, buildArgs, namedContexts, imageRefs } = words;
  const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
  const buildContext = resolvePath(folder, words.context ?? '.');
  if (buildContext === undefined) return [];
  const dockerfilePath = resolvePath(buildContext, words.dockerfile ?? 'Dockerfile');
  if (dockerfilePath === undefined) return [];
  const platforms = asTexts(words.platforms);
  const optional = {
    ...(targetStage && { targetStage }),
    ...(platforms && { platforms }),
    ...(namedContexts && { namedContexts }),
    ...(imageRefs && imageRefs.length > 0 && { imageRefs }),
  };
  return [{ source, kind, dockerfilePath, buildContext, buildArgs, ...optional }];
}

/** A value of JSON, YAML or HCL; what cannot be known without running something is `undefined`. */
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Value[]
  | { readonly [key: string]: Value };

export function asRecord(value: Value): { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Value })
    : {};
}

export function asText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The texts of a list; a list with an unknown entry is unknown as a whole. */
export function asTexts(value: Value): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.map(asText);
  return texts.every((text) => text !== undefined) ? (texts as string[]) : undefined;
}

/** Texts by name; entries without a known value are left out. */
export function asTextRecord(value: Value): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asRecord(value)).flatMap(([name, entry]) => {
      const text = asText(entry);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/**
 * Joins workspace-relative paths and cleans the result; `undefined` for a path that is absolute, remote or leaves
 * the workspace.
 */
export function resolvePath(folder: string, path: string): string | undefined {
  if (path.startsWith('/') || /^[\w.+-]+:\/\/|^git@|^~/.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of [...folder.split('/'), ...path.split('/')]) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/') || '.';
}
