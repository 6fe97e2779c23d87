import { parse } from 'yaml';
import { sampleShape } from '../../../testing/sample-shape.js';
import type { Plan, PlanJob, PlannedImage } from '../plan/plan.js';
import { gitlabChild } from './gitlab-child.js';
import type { WorkflowShape } from './workflow-shape.js';

const shape: WorkflowShape = {
  ...sampleShape,
  waves: 2,
  hasKubernetes: true,
  registries: ['registry.example.com'],
  options: { provider: 'gitlab' },
};

function image(id: string, bases: readonly string[] = []): PlannedImage {
  return {
    id,
    project: id,
    target: 'docker-build',
    image: `registry.example.com/${id}`,
    dockerfile: `${id}/Dockerfile`,
    context: id,
    platforms: [],
    bases,
    inputDigest: `sha256:${'0'.repeat(64)}`,
    reason: 'changed',
  };
}

function job(id: string, images: readonly string[], platform: string | null = null): PlanJob {
  return { id, name: id, platform, runner: '', images };
}

function plan(content: Partial<Plan>): Plan {
  return {
    version: 1,
    event: 'push',
    head: '0'.repeat(40),
    base: null,
    scope: 'all',
    publish: true,
    images: [],
    unchanged: [],
    waves: [],
    ...content,
  };
}

const images = [image('base'), image('tools'), image('api', ['base']), image('web', ['tools'])];
const waves = [
  [job('base', ['base']), job('tools', ['tools'])],
  [job('api', ['api']), job('web', ['web'])],
];

it('waits for exactly the jobs that build what an image starts from', () => {
  const child = parse(gitlabChild(plan({ images, waves }), shape));
  expect(child.stages).toEqual(['prepare', 'build 0', 'build 1', 'publish', 'references']);
  expect(Object.keys(child).slice(2)).toEqual([
    'plan-data',
    'build base',
    'build tools',
    'build api',
    'build web',
    'publish',
    'references',
  ]);
  expect(child['build api'].needs).toEqual(['plan-data', 'build base']);
  expect(child['build web'].needs).toEqual(['plan-data', 'build tools']);
  expect(child.publish.needs).toBeUndefined();
});

it('starts from an image of the same platform', () => {
  const platforms = ['linux/amd64', 'linux/arm64'];
  const child = parse(
    gitlabChild(
      plan({
        images: [image('base'), image('api', ['base'])],
        waves: ['base', 'api'].map((name) =>
          platforms.map((platform) => job(`${name}-${platform.slice(6)}`, [name], platform)),
        ),
      }),
      shape,
    ),
  );
  expect(child['build api-arm64'].needs).toEqual(['plan-data', 'build base-arm64']);
  expect(child['build api-arm64'].tags).toEqual(['saas-linux-small-arm64']);
  expect(child['build api-amd64'].tags).toBeUndefined();
});

it('waits for whole stages where a job needs more than GitLab takes', () => {
  const names = Array.from({ length: 50 }, (_, index) => `base-${index}`);
  const child = parse(
    gitlabChild(
      plan({
        images: [...names.map((name) => image(name)), image('api', names)],
        waves: [names.map((name) => job(name, [name])), [job('api', ['api'])]],
      }),
      shape,
    ),
  );
  expect(child['build api'].needs).toBeUndefined();
  expect(child['build api'].stage).toBe('build 1');
});

it('builds without a login in merge requests, and publishes nothing', () => {
  const text = gitlabChild(
    plan({ event: 'pull-request', publish: false, images, waves: [waves.flat()] }),
    shape,
  );
  const child = parse(text);
  expect(Object.keys(child).slice(2)).toEqual([
    'plan-data',
    'check base',
    'check tools',
    'check api',
    'check web',
  ]);
  expect(child['check api'].needs).toEqual(['plan-data']);
  expect(child['check api'].interruptible).toBe(true);
  expect(text).not.toMatch(/docker login|--push|CI_REGISTRY/);
});

it.each([
  [false, ['nothing']],
  [true, ['plan-data', 'publish', 'references']],
])('has at least one job where nothing is built (published: %s)', (publish, jobs) => {
  const child = parse(gitlabChild(plan({ publish }), shape));
  expect(Object.keys(child).slice(2)).toEqual(jobs);
});

it('logs in only after the tasks of the workspace', () => {
  const { script } = parse(gitlabChild(plan({ images, waves }), shape))['build api'];
  const order = ['npm ci', 'ci prepare', 'docker login', 'ci build'];
  const places = order.map((text) => script.findIndex((line: string) => line.includes(text)));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
});

it('gives names of branches to no shell and to no variable of GitLab', () => {
  const branch = 'it’s-$CI_JOB_TOKEN-$(touch+MARK)';
  const { references } = parse(
    gitlabChild(plan({ images, waves }), { ...shape, options: { ...shape.options, branch } }),
  );
  expect(references.variables.BRANCH).toBe(branch.replaceAll('$', '$$$$'));
  expect(references.rules).toEqual([{ if: `$CI_COMMIT_BRANCH == "${branch}"` }]);
  expect(references.script.join('\n')).not.toContain('MARK');
});

it('stays below the five megabytes of GitLab with the most jobs', () => {
  const names = Array.from({ length: 256 }, (_, index) => `image-${index}`);
  const text = gitlabChild(
    plan({
      images: names.map((name) => image(name)),
      waves: [names.map((name) => job(name, [name]))],
    }),
    shape,
  );
  expect(text.length).toBeLessThan(1024 * 1024);
});

it('has cosign where something is signed or verified, and a token for a signature without a key', () => {
  const signing = { keyless: true, secrets: [] };
  const signed = parse(gitlabChild(plan({ images, waves }), { ...shape, signing, verifies: true }));
  const plain = parse(gitlabChild(plan({ images, waves }), shape));
  expect(signed.publish.id_tokens).toEqual({ SIGSTORE_ID_TOKEN: { aud: 'sigstore' } });
  for (const job of ['publish', 'references']) {
    expect(signed[job].script).toContain('apk add --no-cache cosign');
    expect(JSON.stringify(plain[job])).not.toContain('cosign');
  }
});
