import { bakeDeclarations } from '../core/declarations/bake-declarations.js';
import { composeDeclarations } from '../core/declarations/compose-declarations.js';
import type { Declaration, Value } from '../core/declarations/declaration.js';
import type { Workspace } from './workspace.js';

const bakeFile = /(?:^|\/)docker-bake(?:\.override)?\.(?:hcl|json)$/;
const composeFile = /(?:^|\/)(?:docker-)?compose\.ya?ml$/;

/** Reads what the bake and compose files of a workspace say about Dockerfiles. */
export async function readDeclarations({ index, readText }: Workspace): Promise<Declaration[]> {
  const bake = index.paths.filter((path) => bakeFile.test(path));
  const compose = index.paths.filter((path) => composeFile.test(path));
  return [
    ...bake.flatMap((path) => bakeDeclarations(readText(path) ?? '', path)),
    ...(compose.length > 0 ? await readCompose(compose, readText) : []),
  ];
}

/** The YAML parser is only loaded where there is something to parse. */
async function readCompose(
  paths: readonly string[],
  readText: Workspace['readText'],
): Promise<Declaration[]> {
  const { parseDocument } = await import('yaml');
  return paths.flatMap((path) => {
    const document = parseDocument(readText(path) ?? '', { merge: true, uniqueKeys: false });
    return document.errors.length > 0 ? [] : composeDeclarations(document.toJS() as Value, path);
  });
}
