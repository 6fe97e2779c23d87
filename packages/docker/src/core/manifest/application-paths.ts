import { isMap } from 'yaml';
import type { ParsedText } from './parse-documents.js';
import { listOf, type MapAt, mapOf, resolve, textOf } from './yaml-nodes.js';

/**
 * The folders that an Argo CD Application or a Flux Kustomization applies, for each document of a text: `spec.source.path`,
 * those of `spec.sources`, and `spec.path`.
 */
export function applicationPaths({ documents }: ParsedText): string[][] {
  return documents.map((document) => {
    const map = document.contents;
    const spec = isMap(map) ? mapAt({ map, path: '', document }, 'spec') : undefined;
    if (!spec) return [];
    // An ApplicationSet holds the Application as a template.
    const template = mapAt(spec, 'template');
    const inner = template && mapAt(template, 'spec');
    return [spec, ...(inner ? [inner] : [])].flatMap(sourcePaths).map(normalize);
  });
}

function sourcePaths(spec: MapAt): string[] {
  const source = mapAt(spec, 'source');
  const sources = (listOf(spec, 'sources')?.items ?? []).flatMap((item) => {
    const map = resolve(item, spec.document);
    return isMap(map) ? [{ ...spec, map }] : [];
  });
  return [spec, ...(source ? [source] : []), ...sources].flatMap((each) => textOf(each, 'path') ?? []);
}

function mapAt(at: MapAt, key: string): MapAt | undefined {
  const map = mapOf(at, key);
  return map && { ...at, map };
}

function normalize(path: string): string {
  return path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '') || '.';
}
