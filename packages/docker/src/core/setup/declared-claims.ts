import type { Declaration } from '../declarations/declaration.js';
import { buildClaims } from './build-claims.js';
import { type Claims, mergeClaims } from './claim.js';

/** Reads what bake and compose files call the images, and how they build them. */
export function declaredClaims(declarations: readonly Declaration[]): Claims {
  return mergeClaims(declarations.map(claimsOf));
}

function claimsOf(declaration: Declaration): Claims {
  const { buildContext, targetStage, buildArgs, namedContexts, platforms, imageRefs = [] } = declaration;
  const claims = buildClaims(
    {
      context: buildContext,
      ...(targetStage !== undefined && { target: targetStage }),
      ...(buildArgs && { buildArgs }),
      ...(namedContexts && { namedContexts }),
      ...(platforms && { platforms }),
      references: imageRefs,
    },
    {
      dockerfilePath: declaration.dockerfilePath,
      source: declaration.source,
      isPublished: declaration.kind === 'bake',
      // A bake file's tags are those of a developer as often as not: CI overrides them.
      hasOwnTags: false,
    },
  );
  return {
    ...claims,
    settings: claims.settings.filter(({ setting, value }) => setting !== 'targetStage' || value !== ''),
  };
}
