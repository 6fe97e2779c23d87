import { formatAnnotation, parseAnnotation, withoutIndex } from '../image/annotation.js';
import type { BuildRequest } from './build-command.js';
import type { Engine, EngineAbilities } from './engine.js';

/**
 * Takes out of a request what the engine cannot do and the image does not need. An engine that cannot push by digest
 * pushes under a name of its own, from which the digest is then read.
 *
 * @param pushTag The tag for that name.
 * @returns The rest, and a sentence for each thing that was taken out.
 */
export function limitRequest(
  request: BuildRequest,
  { engine, abilities, pushTag }: { engine: Engine; abilities: EngineAbilities; pushTag: string },
): { request: BuildRequest; warnings: readonly string[] } {
  const { cacheFrom = [], cacheTo = [], provenance, sbom, push, annotations = [], ...rest } = request;
  const warnings: string[] = [];
  function able(isAble: boolean, isAsked: boolean, what: string): boolean {
    if (isAsked && !isAble)
      warnings.push(`${engine.description} cannot ${what}, so the image is built without`);
    return isAsked && isAble;
  }
  const attestsProvenance = provenance !== undefined && provenance !== 'none';
  // What a builder loads into Docker has the form of an archive, which has no annotations.
  const annotates = abilities.annotations && (push !== undefined || !abilities.pushByDigest);
  const limited: BuildRequest = {
    ...rest,
    ...(able(annotates, annotations.length > 0, 'annotate what it makes here') && {
      annotations: annotationsFor(request, engine),
    }),
    ...(able(abilities.cacheImport, cacheFrom.length > 0, 'read a build cache from elsewhere') && {
      cacheFrom,
    }),
    ...(able(abilities.cacheExport, cacheTo.length > 0, 'write its build cache elsewhere') && { cacheTo }),
    ...(able(abilities.attestations, attestsProvenance, 'attest provenance') && { provenance }),
    ...(provenance === 'none' && abilities.attestations && { provenance }),
    ...(able(abilities.attestations, sbom === true, 'attest an SBOM') && { sbom: true }),
  };
  if (push !== 'by-digest' || abilities.pushByDigest)
    return { request: { ...limited, ...(push && { push }) }, warnings };
  const imageRefs = limited.imageRefs.map((repository) => `${repository}:${pushTag}`);
  return { request: { ...limited, imageRefs, push: 'by-name' }, warnings };
}

/** For one platform there is no index that could be annotated, and only buildx can annotate more than manifests. */
function annotationsFor({ annotations = [], platforms = [] }: BuildRequest, { kind }: Engine): string[] {
  if (kind === 'buildx' && platforms.length > 1) return [...annotations];
  return annotations.flatMap((line) => {
    const annotation = parseAnnotation(line);
    const rest = annotation && withoutIndex(annotation);
    if (!rest || (kind !== 'buildx' && !rest.levels.includes('manifest'))) return [];
    return [formatAnnotation(rest)];
  });
}
