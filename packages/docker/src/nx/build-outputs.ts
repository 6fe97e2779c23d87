import { findProjectRoot } from './dockerfile-names.js';
import type { ProjectFacts, ProjectReader, TargetFacts } from './project-files.js';

/** The target that makes a file which git does not have. */
export interface Producer {
  readonly projectName: string;
  readonly projectRoot: string;
  readonly targetName: string;
}

/** Folders that usually hold what a `build` target makes. */
const outputFolders = /^(?:dist|build|out|lib|target|\.next|\.output|public\/build)(?:\/|$)/;

/**
 * Finds the target that makes a file: one whose declared outputs hold it, else the `build` target of the project
 * that the path points into, if it is below a folder that usually holds outputs.
 */
export function findProducer(path: string, projects: ProjectReader): Producer | undefined {
  for (const inside of [path.replace(/^(?:dist|build|out)\//, ''), path]) {
    const projectRoot = findProjectRoot(`${inside}/x`, projects.isProject);
    if (projectRoot === undefined) continue;
    const facts = projects.facts(projectRoot);
    const targetName = declaringTarget(path, projectRoot, facts) ?? usualTarget(path, inside, projectRoot);
    if (targetName !== undefined) return { projectName: facts.name, projectRoot, targetName };
  }
  return undefined;
}

function declaringTarget(
  path: string,
  projectRoot: string,
  { name, targets }: ProjectFacts,
): string | undefined {
  return Object.keys(targets).find((targetName) =>
    (targets[targetName]?.outputs ?? []).some((output) => {
      const folder = resolveOutput(output, { projectRoot, name, target: targets[targetName] });
      return folder !== undefined && (path === folder || path.startsWith(`${folder}/`));
    }),
  );
}

function usualTarget(path: string, inside: string, projectRoot: string): string | undefined {
  // The workspace root always has a package.json, and is seldom a project that builds anything.
  if (projectRoot === '.') return undefined;
  const isOutput = inside !== path || outputFolders.test(path.slice(projectRoot.length + 1));
  return isOutput ? 'build' : undefined;
}

/** The part of an output before its first wildcard, workspace-relative. */
function resolveOutput(
  output: string,
  { projectRoot, name, target }: { projectRoot: string; name: string; target: TargetFacts | undefined },
): string | undefined {
  const root = projectRoot === '.' ? '' : projectRoot;
  const path = output
    .replace(/^\{workspaceRoot\}/, '')
    .replace(/^\{projectRoot\}/, root)
    .replaceAll('{projectRoot}', root)
    .replaceAll('{projectName}', name)
    .replace(/\{options\.(\w+)\}/g, (_, option: string) => String(target?.options[option] ?? '*'));
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const wild = parts.findIndex((part) => /[*?[{]/.test(part));
  return parts.slice(0, wild < 0 ? undefined : wild).join('/') || undefined;
}
