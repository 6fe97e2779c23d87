import type { ExecutorContext, NxJsonConfiguration } from '@nx/devkit';

/** What Nx hands to an executor for the target `docker-build` of a project. */
export function executorContext(
  root: string,
  given: { projectName?: string; projectRoot?: string; nxJson?: NxJsonConfiguration } = {},
): ExecutorContext {
  const { projectName = 'api', projectRoot = projectName, nxJson = {} } = given;
  return {
    root,
    cwd: root,
    isVerbose: false,
    projectName,
    targetName: 'docker-build',
    projectsConfigurations: { version: 2, projects: { [projectName]: { root: projectRoot } } },
    nxJsonConfiguration: nxJson,
    projectGraph: { nodes: {}, dependencies: {} },
  };
}
