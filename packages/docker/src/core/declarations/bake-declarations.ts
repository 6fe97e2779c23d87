import {
  asRecord,
  asText,
  asTextRecord,
  asTexts,
  type Declaration,
  toDeclarations,
  type Value,
} from './declaration.js';
import { type HclFile, parseHcl } from './parse-hcl.js';

type Target = { readonly [key: string]: Value };

/**
 * Finds what a bake file says about images (https://docs.docker.com/build/bake/reference/): `inherits` is followed,
 * variables take their defaults, `context` is relative to the file and `dockerfile` to the context. A value that
 * needs a function or an operator counts as not given; a target whose context or Dockerfile does says nothing.
 *
 * @param file Workspace-relative path; one that ends in `.json` is JSON, every other HCL.
 */
export function bakeDeclarations(text: string, file: string): Declaration[] {
  const targets = file.endsWith('.json') ? jsonTargets(text) : hclTargets(parseHcl(text));
  return Object.keys(targets).flatMap((name) =>
    targetDeclaration(resolveTarget(name, targets, []), file, name),
  );
}

function jsonTargets(text: string): Record<string, Target> {
  try {
    const { target, variable } = asRecord(JSON.parse(text) as Value);
    const variables = Object.fromEntries(
      Object.entries(asRecord(variable)).map(([name, entry]) => [name, asRecord(entry).default ?? '']),
    );
    return Object.fromEntries(
      Object.entries(asRecord(target)).map(([name, entry]) => [name, asRecord(substitute(entry, variables))]),
    );
  } catch {
    return {};
  }
}

/** In JSON, texts are HCL templates. */
function substitute(value: Value, variables: Readonly<Record<string, Value>>): Value {
  if (typeof value === 'string') return parseHcl(`x = ${JSON.stringify(value)}`).attributes.x?.(variables);
  if (Array.isArray(value)) return value.map((entry: Value) => substitute(entry, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, substitute(entry, variables)]));
}

function hclTargets({ blocks, attributes }: HclFile): Record<string, Target> {
  const variables: Record<string, Value> = {};
  for (const [name, value] of Object.entries(attributes)) variables[name] = value(variables);
  for (const { type, labels, attributes: fields } of blocks)
    if (type === 'variable') variables[labels[0] ?? ''] = fields.default?.(variables) ?? '';
  const targets: Record<string, Target> = {};
  for (const { type, labels, attributes: fields } of blocks) {
    if (type !== 'target') continue;
    const own = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, value(variables)]));
    targets[labels[0] ?? ''] = { ...targets[labels[0] ?? ''], ...own };
  }
  return targets;
}

/** Later entries of `inherits` win over earlier ones, the target itself over all; maps are merged by key. */
function resolveTarget(name: string, targets: Record<string, Target>, seen: readonly string[]): Target {
  const own = targets[name] ?? {};
  if (seen.includes(name)) return own;
  const parents = (asTexts(own.inherits) ?? []).map((parent) =>
    resolveTarget(parent, targets, [...seen, name]),
  );
  const layers = [...parents, own];
  return {
    ...Object.assign({}, ...layers),
    args: Object.assign({}, ...layers.map((layer) => asRecord(layer.args))),
    contexts: Object.assign({}, ...layers.map((layer) => asRecord(layer.contexts))),
  };
}

function targetDeclaration(target: Target, file: string, name: string): Declaration[] {
  if (target['dockerfile-inline'] !== undefined) return [];
  // Where the build is, nobody but bake knows; a guess could name the wrong files.
  if (['context', 'dockerfile'].some((key) => key in target && asText(target[key]) === undefined)) return [];
  return toDeclarations({
    source: `target ${JSON.stringify(name)} in ${file}`,
    kind: 'bake',
    file,
    context: asText(target.context),
    dockerfile: asText(target.dockerfile),
    targetStage: asText(target.target),
    platforms: target.platforms,
    buildArgs: asTextRecord(target.args),
    namedContexts: asTextRecord(target.contexts),
    imageRefs: asTexts(target.tags),
  });
}
