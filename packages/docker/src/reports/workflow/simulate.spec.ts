import { commit, git, temporaryRepository } from '../../../testing/temporary-repository.js';
import { formatSimulation } from '../../core/simulate/format-simulation.js';
import type { EventKind } from '../../core/simulate/make-event.js';
import { type SimulateOptions, simulate } from './simulate.js';

const files = {
  'nx.json': JSON.stringify({
    plugins: [
      {
        plugin: '@moltbook/docker/plugin',
        options: { registry: 'ghcr.io/acme', kubernetes: { paths: ['k8s/**'] } },
      },
    ],
  }),
  'package.json': '{"name":"root"}',
  'package-lock.json': '{}',
  'base/project.json': '{"name":"base"}',
  'base/Dockerfile': 'FROM scratch\nCOPY motd /motd\n',
  'base/motd': '1',
  'api/project.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM ghcr.io/acme/base\nCOPY main.js /\n',
  'api/main.js': '1',
  'k8s/api.yml': 'kind: Deployment\n',
};
const root = temporaryRepository(files);
const first = git(root, 'rev-parse', 'HEAD');
commit(root, { 'base/motd': '2' });
const second = git(root, 'rev-parse', 'HEAD');

async function jobsOf(kind: EventKind, options: Partial<SimulateOptions> = {}): Promise<string> {
  const { jobs } = await simulate({ root, kind, ...options });
  const running = jobs.filter(({ state }) => state !== 'skipped');
  return running
    .map(({ id, instances }) => {
      const names = instances.flatMap(({ row }) => (row ? [String(row.name)] : []));
      return names.length > 0 ? `${id} (${names.join(', ')})` : id;
    })
    .join(', ');
}

it.each<[EventKind, string]>([
  ['push', 'plan, build_0 (base), build_1 (api), publish, references, images'],
  ['pull-request', 'plan, check (api, base), images'],
  ['fork', 'plan, check (api, base), images'],
  ['merge-group', 'plan, check (api, base), images'],
  ['tag', 'plan, build_0 (base), build_1 (api), publish, images'],
  ['dispatch', 'plan, build_0 (base), build_1 (api), publish, references, images'],
])('for %s: %s', async (kind, jobs) => expect(await jobsOf(kind)).toBe(jobs));

it('takes the images that a run by hand names', async () => {
  expect(await jobsOf('dispatch', { images: 'api' })).toBe(
    'plan, build_0 (api), publish, references, images',
  );
});

it('compares the revisions that are named', async () => {
  expect(await jobsOf('push', { base: second, head: second })).toContain('build_0 (base)');
  expect(await jobsOf('push', { base: second, head: first })).toContain('build_1 (api)');
});

it('simulates any other workflow, without a plan', async () => {
  commit(root, {
    '.github/workflows/test.yml':
      'on: { push: { paths: [api/**] } }\njobs: { test: { runs-on: x, steps: [] } }\n',
  });
  const workflow = '.github/workflows/test.yml';
  const report = await simulate({ root, kind: 'push', workflow });
  expect([report.triggered, report.plan]).toEqual([false, null]);
  expect(formatSimulation(report)).toMatch(/^.*\n\.github\/workflows\/test\.yml does not run: /);
  const before = await simulate({ root, kind: 'push', workflow, base: `${second}~1`, head: second });
  expect(before.triggered).toBe(false);
});

it('refuses a workflow that is not there', async () => {
  await expect(simulate({ root, kind: 'push', workflow: 'nothing.yml' })).rejects.toThrow(
    'nothing.yml cannot be read (FILE_UNREADABLE)',
  );
});

it('is shown with permissions, runners, images and reasons', async () => {
  const report = await simulate({ root, kind: 'push', base: first, head: second });
  const text = formatSimulation(report)
    .replaceAll(first.slice(0, 7), '1111111')
    .replaceAll(second.slice(0, 7), '2222222')
    .replace(/1111111[0-9a-f]{5}/, '111111111111');
  expect(text).toBe(`A push of 2222222 after 1111111 to main
.github/workflows/docker.yml runs: it has no path filter
Plan: 2 images to build, 0 unchanged, published; images whose build inputs differ from 111111111111 (named by the push event)
  base  base/motd changed (COPY motd in line 2)
  api   base image base changed: base/motd changed (COPY motd in line 2)
  The registry was not asked: what changed stands for what it lacks. --registry asks it.

These jobs run
  plan          ubuntu-24.04  contents: read, packages: read
  build_0       1 job         contents: read, packages: write
    build base  ubuntu-24.04                                   base
  build_1       1 job         contents: read, packages: write
    build api   ubuntu-24.04                                   api
  publish       ubuntu-24.04  contents: read, packages: write  one at a time
  references    ubuntu-24.04  contents: write, packages: read  one at a time
  images        ubuntu-24.04  no permission

These do not
  check
      \`github.event_name == 'pull_request' || github.event_name == 'merge_group'\` is false:
      github.event_name is 'push'
`);
});
