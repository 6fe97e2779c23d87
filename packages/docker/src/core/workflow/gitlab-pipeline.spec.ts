import { parse } from 'yaml';
import { sampleShape } from '../../../testing/sample-shape.js';
import { gitlabPipeline } from './gitlab-pipeline.js';
import type { WorkflowShape } from './workflow-shape.js';

const shape: WorkflowShape = {
  ...sampleShape,
  registries: ['registry.example.com'],
  options: { provider: 'gitlab' },
};

const read = (options: Partial<WorkflowShape> = {}) => parse(gitlabPipeline({ ...shape, ...options }));

it('has two jobs, whatever the images are', () => {
  expect(Object.keys(read())).toEqual(['docker-plan', 'docker-images']);
  expect(gitlabPipeline(shape)).toBe(gitlabPipeline({ ...shape, waves: 5, images: 300 }));
});

it('runs the pipeline that the first job writes', () => {
  const { 'docker-plan': plan, 'docker-images': images } = read();
  const [{ artifact, job }] = images.trigger.include;
  expect(job).toBe('docker-plan');
  expect(plan.script.at(-1)).toContain(`--pipeline ${artifact}`);
  expect(plan.artifacts.paths).toEqual([artifact.replace(/[^/]*$/, '')]);
});

it('gives merge requests no login', () => {
  const [login] = read()['docker-plan'].script.filter((line: string) => line.includes('docker login'));
  expect(login).toMatch(/^if \[ "\$CI_PIPELINE_SOURCE" != merge_request_event \]; then\n/);
});

it.each([
  ['v*', '/^v.*$/'],
  ['release-?.*', '/^release-.\\..*$/'],
  ['v1.0/x', '/^v1\\.0\\/x$/'],
])('turns the glob %s into an expression', (tagPattern, expression) => {
  const { rules } = read({ options: { ...shape.options, tagPattern } })['docker-plan'];
  expect(rules[1].if).toBe(`$CI_COMMIT_TAG =~ ${expression}`);
});

it('logs in to other registries with the variables of the options', () => {
  const text = gitlabPipeline({
    ...shape,
    registries: ['docker.io', 'registry.example.com'],
    options: { ...shape.options, registryLogin: { username: 'USER_NAME', password: 'PASS_WORD' } },
  });
  expect(text.match(/docker login/g)).toHaveLength(2);
  expect(text).toContain(
    `printf '%s' "$PASS_WORD" | docker login --username "$USER_NAME" --password-stdin docker.io`,
  );
});

it.each([
  ['pnpm', 'npm install --global pnpm@10'],
  ['yarn', 'npm install --global yarn'],
  ['berry', 'corepack enable'],
  ['bun', 'npm install --global bun'],
] as const)('installs %s first', (name, command) => {
  expect(read({ packageManager: { name, hasLockfile: true } })['docker-plan'].script).toContain(command);
});
