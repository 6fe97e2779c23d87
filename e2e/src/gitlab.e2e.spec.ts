import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Pipeline, runPipeline } from '../support/gitlab/run-pipeline.js';
import { nxInstallation } from '../support/nx-versions.js';
import { git, nx } from '../support/run.js';
import { commitAll, type Files, writeFiles } from '../support/workspace.js';

const registry = process.env.MOLTBOOK_REGISTRY ?? '';
const owner = `gitlab-${process.pid}`;
const url = 'https://gitlab.example.com/acme/shop.git';
const token = 'job-token';

/** `app` starts from `base`; `alone` from nothing. */
const files: Files = {
  '.gitignore': 'node_modules\n.nx\ndist\n.gitlab-ci-local*\nci-images\nrecords\npublished\n',
  '.gitlab-ci.yml': 'include:\n  - local: .gitlab/docker.gitlab-ci.yml\n',
  'package.json': JSON.stringify({ name: 'shop', version: '0.0.0', private: true }),
  'package-lock.json': JSON.stringify({
    name: 'shop',
    version: '0.0.0',
    lockfileVersion: 3,
    packages: { '': { name: 'shop', version: '0.0.0' } },
  }),
  'nx.json': JSON.stringify({
    analytics: false,
    plugins: [
      {
        plugin: '@moltbook/docker/plugin',
        options: {
          registry: `${registry}/${owner}`,
          ci: { provider: 'gitlab', cache: 'none' },
          kubernetes: { paths: ['k8s'] },
        },
      },
    ],
  }),
  'base/project.json': '{"name":"base"}',
  'base/Dockerfile': 'FROM scratch\nCOPY version /version\n',
  'base/version': '1',
  'app/project.json': '{"name":"app"}',
  'app/Dockerfile': `FROM ${registry}/${owner}/base\nCOPY app /app\n`,
  'app/app': '1',
  'alone/project.json': '{"name":"alone"}',
  'alone/Dockerfile': 'FROM scratch\nCOPY alone /alone\n',
  'alone/alone': '1',
  'k8s/app.yml': `apiVersion: v1
kind: Pod
metadata: { name: app }
spec:
  containers:
    - name: app
      image: ${registry}/${owner}/app:none
`,
};

let origin: string;
let root: string;

beforeAll(async () => {
  if (registry === '') throw new Error('these tests need a registry: MOLTBOOK_REGISTRY');
  origin = mkdtempSync(join(tmpdir(), 'moltbook-docker-origin-'));
  root = mkdtempSync(join(tmpdir(), 'moltbook-docker-gitlab-'));
  await git(origin, 'init', '--quiet', '--bare');
  await git(origin, 'config', 'receive.advertisePushOptions', 'true');
  await git(root, 'init', '--quiet');
  await git(root, 'remote', 'add', 'origin', url);
  for (const address of [url, url.replace('//', `//gitlab-ci-token:${token}@`)])
    await git(root, 'config', '--add', `url.${origin}.insteadOf`, address);
  symlinkSync(join(await nxInstallation(23), 'node_modules'), join(root, 'node_modules'));
  writeFiles(root, files);
  await nx(root, ['generate', '@moltbook/docker:sync-workflow']);
  await push('First');
});

async function push(message: string): Promise<void> {
  await commitAll(root, message);
  await git(root, 'push', '--quiet', 'origin', 'main');
}

function pipeline(variables: Record<string, string> = {}): Promise<Pipeline> {
  return runPipeline(root, {
    CI_REGISTRY: registry,
    CI_REGISTRY_USER: 'user',
    CI_REGISTRY_PASSWORD: 'password',
    CI_JOB_TOKEN: token,
    CI_SERVER_HOST: 'gitlab.example.com',
    CI_PROJECT_PATH: 'acme/shop',
    GITLAB_CI: 'true',
    ...variables,
  });
}

/** The jobs of the child that ran; with all that was printed where one failed. */
function jobsOf({ passed, failed, log }: Pipeline): readonly string[] {
  if (failed.length > 0) throw new Error(`failed: ${failed.join(', ')}\n${log}`);
  return passed;
}

async function deployed(): Promise<string | undefined> {
  const { stdout } = await git(origin, 'show', 'main:k8s/app.yml');
  return /image: (.*)/.exec(stdout)?.[1];
}

/** The tags of an image in the registry. */
async function tagsOf(name: string): Promise<string[]> {
  const response = await fetch(`http://${registry}/v2/${owner}/${name}/tags/list`);
  const { tags } = (await response.json()) as { tags: string[] };
  return tags
    .map((tag) => tag.replace(/^(build|inputs|sha)-\w{32,}$/, '$1-…').replace(/-\w{7}$/, '-<sha7>'))
    .sort();
}

/** Docker's own builder cannot push without a name, so that each image has one of its own: `build-…`. */
const published = ['build-…', 'inputs-…', 'latest', 'main', 'main-<sha7>', 'sha-…'];

it('builds what starts from a base after it, publishes all, and writes the digest into the manifest', async () => {
  expect(jobsOf(await pipeline())).toEqual([
    'plan-data',
    'build alone',
    'build base',
    'build app',
    'publish',
    'references',
    'docker-plan',
    'docker-images',
  ]);
  for (const name of ['alone', 'base', 'app']) expect([name, await tagsOf(name)]).toEqual([name, published]);
  expect(await deployed()).toMatch(new RegExp(`^${registry}/${owner}/app:\\S+@sha256:\\w{64}$`));
});

it('builds only what changed, and leaves the rest as it is', async () => {
  await git(root, 'pull', '--quiet', '--rebase', 'origin', 'main');
  const before = await deployed();
  writeFiles(root, { 'alone/alone': '2' });
  await push('Second');
  const jobs = ['plan-data', 'build alone', 'publish', 'references', 'docker-plan', 'docker-images'];
  expect(jobsOf(await pipeline())).toEqual(jobs);
  expect((await deployed())?.replace(/.*@/, '')).toBe(before?.replace(/.*@/, ''));
});

it('builds what a merge request changes, bases included, and pushes nothing', async () => {
  await git(root, 'pull', '--quiet', '--rebase', 'origin', 'main');
  const base = (await git(root, 'rev-parse', 'HEAD')).stdout.trim();
  const before = await Promise.all(['alone', 'base', 'app'].map(tagsOf));
  await git(root, 'switch', '--quiet', '--create', 'change');
  writeFiles(root, { 'app/app': '2' });
  await commitAll(root, 'Change');
  const merge = { CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_DIFF_BASE_SHA: base };
  expect(jobsOf(await pipeline(merge))).toEqual(['plan-data', 'check app', 'docker-plan', 'docker-images']);
  expect(await Promise.all(['alone', 'base', 'app'].map(tagsOf))).toEqual(before);

  writeFiles(root, { 'README.md': 'shop', 'app/app': '1' });
  await commitAll(root, 'Change nothing that an image reads');
  expect(jobsOf(await pipeline(merge))).toEqual(['nothing', 'docker-plan', 'docker-images']);
});
