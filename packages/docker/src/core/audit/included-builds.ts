import type { Declaration } from '../declarations/declaration.js';
import type { WorkflowBuild } from './workflow-build.js';

/** A build by bake or compose builds all targets or services that it names, or all that are declared. */
export function expandIncluded(build: WorkflowBuild, declarations: readonly Declaration[]): WorkflowBuild[] {
  const { declared, ...rest } = build;
  if (!declared) return [build];
  const { kind, files, names } = declared;
  const usable = declarations
    .map((declaration) => ({ declaration, ...sourceOf(declaration) }))
    .filter(
      ({ declaration, file }) => declaration.kind === kind && (files.length === 0 || files.includes(file)),
    );
  const named = usable.filter(({ name }) => names.includes(name));
  // Names that are none of a target are those of groups, which may hold any.
  return (named.length > 0 ? named : usable).map(({ declaration }) => {
    const { buildContext, dockerfilePath, targetStage, buildArgs, namedContexts } = declaration;
    return {
      ...rest,
      context: buildContext,
      dockerfile: dockerfilePath,
      ...(targetStage !== undefined && { target: targetStage }),
      ...(buildArgs && { buildArgs }),
      ...(namedContexts && { namedContexts }),
    };
  });
}

/** A declaration says where it is from: `target "api" in docker-bake.hcl`. */
function sourceOf({ source }: Declaration): { name: string; file: string } {
  const [, name = '', file = ''] = /^\w+ "(.*?)" in (.+)$/s.exec(source) ?? [];
  return { name, file };
}
