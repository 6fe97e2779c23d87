import { gitlabPipelinePath } from '../../core/workflow/gitlab-pipeline.js';
import type { SetupPlan } from './plan-setup.js';
import type { SetupFacts } from './read-setup.js';

/** What is left for a person, sentence by sentence. */
export function nextSteps({ workspace, images, model }: SetupFacts, plan: SetupPlan): string[] {
  const [first] = images;
  if (!first)
    return ['write a Dockerfile beside a project.json or package.json, and run this generator again'];
  const building = [...new Set(model.builds.map(({ build }) => build.workflow.file))];
  const { provider } = plan;
  return [
    `look at a build, and run it:\nnpx nx ${first.image.targetName} ${first.image.projectName} --print\nnpx nx ${first.image.targetName} ${first.image.projectName}`,
    'see which image is built from which, and what else they depend on:\nnpx nx graph',
    ...(provider === 'github' ? githubSteps(plan) : []),
    ...(provider === 'gitlab' ? gitlabSteps(plan, workspace.readText('.gitlab-ci.yml')) : []),
    ...(provider === 'none'
      ? [
          `for a CI workflow, run this generator again:\nnpx nx g @moltbook/docker:setup --ci=github${plan.registry === undefined ? ' --registry=ghcr.io/<owner>' : ''}`,
        ]
      : []),
    ...(provider !== 'none' && building.length > 0
      ? [
          `${building.join(', ')} still ${building.length === 1 ? 'builds' : 'build'} the same images; to compare and replace:\nnpx nx g @moltbook/docker:migrate-workflows`,
        ]
      : []),
  ];
}

function githubSteps({ registry, login }: SetupPlan): string[] {
  return [
    ...(login
      ? [
          `make the variable ${login.username} and the secret ${login.password} in the settings of the repository (Secrets and variables, Actions): a user of ${registry} who may push`,
        ]
      : []),
    ...(registry?.startsWith('ghcr.io')
      ? [
          `${registry} takes the token of the workflow; a package that is there already has to give the repository write access (Package settings, Manage Actions access)`,
        ]
      : []),
    'commit and push; then require the check images for the branch, and no other of this workflow',
  ];
}

function gitlabSteps({ registry, login }: SetupPlan, pipeline: string | undefined): string[] {
  return [
    ...(pipeline === undefined || pipeline.includes(gitlabPipelinePath)
      ? []
      : [`add to .gitlab-ci.yml:\ninclude: [{ local: ${gitlabPipelinePath} }]`]),
    login
      ? `make the masked variables ${login.username} and ${login.password} (Settings, CI/CD, Variables): a user of ${registry} who may push`
      : `${registry} has to be the registry of this project: its jobs log in with their own token`,
    'commit and push; the pipeline has to succeed before a merge (Settings, Merge requests, Merge checks)',
  ];
}
