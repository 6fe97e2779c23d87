import { stringify } from 'yaml';
import type { Plan, PlanJob } from '../plan/plan.js';
import {
  dockerImage,
  gitlabCache,
  loginScript,
  planFolder,
  prepareScript,
  runnerTags,
} from './gitlab-steps.js';
import { workflowSettings } from './workflow-settings.js';
import type { WorkflowShape } from './workflow-shape.js';

/** The most that GitLab takes in one `needs`. */
const mostNeeds = 50;

interface GitlabJob {
  readonly [key: string]: unknown;
}

/**
 * The text of the child pipeline for one plan: a job for each job of the plan, which waits for exactly the jobs that
 * build what it starts from.
 */
export function gitlabChild(plan: Plan, shape: WorkflowShape): string {
  const jobs = plan.waves.flat();
  const isEmpty = jobs.length === 0 && !plan.publish;
  const content = {
    stages: ['prepare', ...plan.waves.map((_, wave) => stageOf(wave)), 'publish', 'references'],
    // The rules of the parent do not hold here; without any, a merge request would filter its child to nothing.
    workflow: { rules: [{ when: 'always' }] },
    ...(isEmpty ? { nothing: nothingJob() } : allJobs(plan, shape)),
  };
  return stringify(content, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** A child without jobs is an error. */
function nothingJob(): GitlabJob {
  return {
    stage: 'prepare',
    image: dockerImage,
    variables: { GIT_STRATEGY: 'none' },
    script: ["echo 'No image has to be built.'"],
  };
}

function allJobs(plan: Plan, shape: WorkflowShape): Record<string, GitlabJob> {
  const buildJobs = plan.waves.flatMap((jobs, wave) =>
    jobs.map((job) => [nameOf(job, plan), buildJob(job, { plan, shape, wave })] as const),
  );
  return {
    'plan-data': planDataJob(),
    ...Object.fromEntries(buildJobs),
    ...(plan.publish && { publish: publishJob(shape) }),
    ...(plan.publish &&
      workflowSettings(shape).references !== 'none' && { references: referencesJob(shape) }),
  };
}

/** Carries the plan into this pipeline, so that all jobs of later stages have it. */
function planDataJob(): GitlabJob {
  return {
    stage: 'prepare',
    image: dockerImage,
    variables: { GIT_STRATEGY: 'none' },
    needs: [{ pipeline: '$PARENT_PIPELINE_ID', job: 'docker-plan' }],
    script: [`test -s ${planFolder}/plan.json`],
    artifacts: { paths: [`${planFolder}/`], expire_in: '1 week' },
  };
}

interface JobPlace {
  readonly plan: Plan;
  readonly shape: WorkflowShape;
  readonly wave: number;
}

function buildJob(job: PlanJob, { plan, shape, wave }: JobPlace): GitlabJob {
  const { cli, timeoutMinutes } = workflowSettings(shape);
  const needs = ['plan-data', ...basesOf(job, plan).map((base) => nameOf(base, plan))];
  const tags = runnerTags(shape, job.platform);
  const arguments_ = `--plan ${planFolder}/plan.json --job "$JOB_ID"`;
  const cache = gitlabCache(shape);
  return {
    stage: stageOf(wave),
    image: dockerImage,
    services: [
      { name: `${dockerImage}-dind`, alias: 'docker', command: ['--feature', 'containerd-snapshotter'] },
    ],
    ...(tags.length > 0 && { tags }),
    timeout: `${timeoutMinutes} minutes`,
    // A broken Dockerfile stays broken.
    retry: { max: 1, when: 'runner_system_failure' },
    ...(!plan.publish && { interruptible: true }),
    variables: { ...commonVariables, DOCKER_TLS_CERTDIR: '/certs', JOB_ID: job.id },
    // With more it waits for all earlier stages.
    ...(needs.length <= mostNeeds && { needs }),
    script: [
      ...prepareScript(shape),
      ...(plan.publish
        ? [
            `${cli} ci prepare ${arguments_}`,
            ...loginScript(shape),
            `${cli} ci build ${arguments_} --records records --out records --push --cache ${cache}${cache === 'none' ? '' : ' --cache-write'}`,
          ]
        : [`${cli} ci build ${arguments_} --out records --cache ${cache}`]),
    ],
    artifacts: { paths: ['records/'], expire_in: '1 week' },
  };
}

function publishJob(shape: WorkflowShape): GitlabJob {
  return {
    stage: 'publish',
    image: dockerImage,
    timeout: '30 minutes',
    // One at a time; a name never moves back to an older commit.
    resource_group: 'docker-publish',
    variables: { ...commonVariables, GIT_DEPTH: '0' },
    // By this name cosign looks for it.
    ...(shape.signing?.keyless && { id_tokens: { SIGSTORE_ID_TOKEN: { aud: 'sigstore' } } }),
    script: [
      ...prepareScript(shape),
      ...(shape.signing ? [getCosign] : []),
      ...loginScript(shape),
      `${workflowSettings(shape).cli} ci publish --plan ${planFolder}/plan.json --records records --out published`,
    ],
    artifacts: { paths: ['published/'], expire_in: '1 month' },
  };
}

/** The job's own token may push where the project allows it; else `REFERENCES_TOKEN` holds one that may. */
function referencesJob(shape: WorkflowShape): GitlabJob {
  const { branch, cli, references } = workflowSettings(shape);
  const token = '${REFERENCES_TOKEN:-$CI_JOB_TOKEN}';
  return {
    stage: 'references',
    image: dockerImage,
    timeout: '15 minutes',
    resource_group: 'docker-references',
    rules: [{ if: `$CI_COMMIT_BRANCH == ${JSON.stringify(branch)}` }],
    variables: {
      ...commonVariables,
      GIT_DEPTH: '0',
      // GitLab expands variables in variables.
      BRANCH: branch.replaceAll('$', '$$$$'),
      GIT_AUTHOR_NAME: 'moltbook-docker',
      GIT_AUTHOR_EMAIL: 'moltbook-docker@users.noreply.gitlab.com',
      GIT_COMMITTER_NAME: 'moltbook-docker',
      GIT_COMMITTER_EMAIL: 'moltbook-docker@users.noreply.gitlab.com',
    },
    script: [
      ...prepareScript(shape),
      ...(shape.verifies ? [getCosign] : []),
      // To ask what a newer commit has published.
      ...loginScript(shape),
      `git remote set-url --push origin "https://gitlab-ci-token:${token}@$CI_SERVER_HOST/$CI_PROJECT_PATH.git"`,
      // The commit starts no pipeline, and manifests are no build input of an image.
      'git config push.pushOption ci.skip',
      `${cli} ci references --published published --branch "$BRANCH" --mode ${references}`,
    ],
  };
}

const getCosign = 'apk add --no-cache cosign';

const commonVariables = {
  NX_DAEMON: 'false',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'core.quotePath',
  GIT_CONFIG_VALUE_0: 'false',
};

function nameOf(job: PlanJob, plan: Plan): string {
  return `${plan.publish ? 'build' : 'check'} ${job.id}`;
}

function stageOf(wave: number): string {
  return `build ${wave}`;
}

/** The jobs that build, for the same platform, what the images of a job start from. */
function basesOf(job: PlanJob, plan: Plan): PlanJob[] {
  const bases = new Set(
    plan.images.filter(({ id }) => job.images.includes(id)).flatMap((image) => image.bases),
  );
  return plan.waves
    .flat()
    .filter(
      (other) =>
        other.id !== job.id &&
        other.platform === job.platform &&
        other.images.some((id) => bases.has(id)) &&
        waveOf(other, plan) < waveOf(job, plan),
    );
}

function waveOf(job: PlanJob, plan: Plan): number {
  return plan.waves.findIndex((jobs) => jobs.some(({ id }) => id === job.id));
}
