import {
  asRecord,
  asText,
  asTextRecord,
  asTexts,
  type Declaration,
  toDeclarations,
  type Value,
} from './declaration.js';

/**
 * Finds what a parsed compose file says about images, by the compose specification
 * (https://github.com/compose-spec/compose-spec/blob/main/build.md): `context` is relative to the file, `dockerfile`
 * to the context. Variables take their defaults.
 *
 * @param file Workspace-relative path of the compose file.
 */
export function composeDeclarations(document: Value, file: string): Declaration[] {
  const services = Object.entries(asRecord(asRecord(document).services));
  return services.flatMap(([name, service]) => {
    const { build, image } = asRecord(service);
    if (build === undefined || build === null) return [];
    const fields = typeof build === 'string' ? { context: build } : asRecord(build);
    return serviceDeclaration(fields, { file, name, image });
  });
}

function serviceDeclaration(
  fields: { readonly [key: string]: Value },
  { file, name, image }: { file: string; name: string; image: Value },
): Declaration[] {
  if (fields.dockerfile_inline !== undefined) return [];
  // Where the build is, only the environment of compose knows.
  if ([fields.context, fields.dockerfile].some(needsVariable)) return [];
  return toDeclarations({
    source: `service ${JSON.stringify(name)} in ${file}`,
    kind: 'compose',
    file,
    context: interpolate(asText(fields.context)),
    dockerfile: interpolate(asText(fields.dockerfile)),
    targetStage: interpolate(asText(fields.target)),
    platforms: fields.platforms,
    buildArgs: buildArgs(fields.args),
    imageRefs: imageRefs(image),
  });
}

/** A name that has a variable without a default is not known; a tag can have one. */
function imageRefs(value: Value): string[] | undefined {
  const text = asText(value);
  if (text === undefined || needsVariable(text.replace(/:(?:\$\{[^}]*\}|[^/:{}])*$/, ''))) return undefined;
  return [(interpolate(text) ?? '').replace(/:$/, '')];
}

/** Arguments are a map, or a list of `NAME=value`; a name alone takes its value from the environment. */
function buildArgs(value: Value): Record<string, string> {
  const pairs = Array.isArray(value)
    ? Object.fromEntries((asTexts(value) ?? []).filter((pair) => pair.includes('=')).map(splitPair))
    : asTextRecord(value);
  return Object.fromEntries(Object.entries(pairs).map(([name, text]) => [name, interpolate(text) ?? '']));
}

function splitPair(pair: string): [string, string] {
  const equals = pair.indexOf('=');
  return [pair.slice(0, equals), pair.slice(equals + 1)];
}

/** True for a text with a variable that has no default. */
function needsVariable(value: Value): boolean {
  const variables = (asText(value) ?? '').matchAll(/\$(?:\$|\{\w+(:?-)?[^}]*\}|\w+)/g);
  return [...variables].some(([token, fallback]) => token !== '$$' && fallback === undefined);
}

/** `$X`, `${X}`, `${X:-default}` and `${X-default}` as if no variable were set; `$$` is a dollar sign. */
function interpolate(text: string | undefined): string | undefined {
  return text?.replace(/\$(?:\$|\{\w+(?::?-([^}]*))?[^}]*\}|\w+)/g, (token, fallback?: string) =>
    token === '$$' ? '$' : (fallback ?? ''),
  );
}
