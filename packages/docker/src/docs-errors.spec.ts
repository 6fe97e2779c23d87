import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executorContext } from '../testing/executor-context.js';
import { fakeRegistry } from '../testing/fake-registry.js';
import { codeBlocks, readPage, sectionOf } from '../testing/markdown-pages.js';
import { sampleRecord } from '../testing/sample-record.js';
import { git, temporaryRepository } from '../testing/temporary-repository.js';
import { temporaryWorkspace } from '../testing/temporary-workspace.js';
import { treeOnDisk } from '../testing/tree-on-disk.js';
import { collectImages } from './ci/collect-images.js';
import { prepareJob } from './ci/prepare-job.js';
import { formatProblem, type Problem, type ProblemCode, problemCodes } from './core/errors.js';
import { setImages } from './core/manifest/set-images.js';
import { matchPathFilter } from './core/path-filter/match-path-filter.js';
import type { Plan, PlannedImage } from './core/plan/plan.js';
import { planJobs } from './core/plan/plan-jobs.js';
import { parseWorkflow } from './core/simulate/parse-workflow.js';
import { computeTags } from './core/tags/compute-tags.js';
import build from './executors/build/build.js';
import type { PreparedBuild } from './executors/build/prepare-build.js';
import { readCommit } from './executors/build/read-commit.js';
import syncWorkflow from './generators/sync-workflow/sync-workflow.js';
import { openCommit } from './host/git/open-commit.js';
import { openSigner } from './host/open-signer.js';
import { openRegistry } from './host/registry/open-registry.js';
import { openWorkspace } from './nx/open-workspace.js';
import { reportImage } from './nx/report-image.js';
import { readImages } from './nx/workspace-images.js';
import { diskFactsReader } from './reports/images/disk-facts.js';
import { findNamed } from './reports/images/find-named.js';
import { openImages } from './reports/images/open-images.js';
import { checkReferences } from './reports/references/check-references.js';
import { setReferences } from './reports/references/set-references.js';
import { namedTarget } from './reports/rollout/find-target.js';
import { recordHistory } from './reports/rollout/record-history.js';
import { watchRollouts } from './reports/rollout/watch-rollouts.js';

type Files = Readonly<Record<string, string>>;

const page = readPage('docs/errors.md');
const plugin = '@moltbook/docker/plugin';
const api = { 'api/project.json': '{"name":"api"}' };

/** How to get the message that the section of a code shows. */
const outputs: Record<ProblemCode, (code: ProblemCode) => Promise<string>> = {
  DOCKERFILE_SYNTAX: (code) => explained(code, 'FROM scratch\nCOPY <<EOF /motd\n'),
  DOCKERFILE_INVALID: (code) => explained(code, 'FROM scratch\nCOPY --form=build /app /app\n'),
  DOCKERFILE_UNKNOWN: (code) => explained(code, 'FROM node:20\nCOPY $APP_HOME/package.json /\n'),
  DOCKERIGNORE_INVALID: (code) =>
    explained(code, 'FROM scratch\nCOPY project.json /\n', { 'api/.dockerignore': '[a-\n' }),
  SOURCE_MISSING: (code) => explained(code, 'FROM scratch\nCOPY dist/main.js /\n'),
  SOURCE_IGNORED: (code) =>
    explained(code, 'FROM scratch\nCOPY project.json /\n', { 'api/.dockerignore': '*.json\n' }),
  IMAGE_CYCLE: (code) =>
    explained(code, '', {
      'one/project.json': '{"name":"one"}',
      'one/Dockerfile': 'FROM two\n',
      'two/project.json': '{"name":"two"}',
      'two/Dockerfile': 'FROM one\n',
    }),
  BASE_MISSING: () => built({ docker: withBuildx }),
  OPTIONS_INVALID: (code) =>
    explained(code, '', { 'nx.json': JSON.stringify({ plugins: [{ plugin, options: { strickt: true } }] }) }),
  CONTEXT_AMBIGUOUS: (code) => explained(code, 'FROM scratch\nCOPY . /app\n'),
  ADVICE: (code) => explained(code, 'FROM scratch\nCOPY $NOTHING /app/\n'),
  ENGINE_MISSING: () => built({ docker: withoutServer }, { bases: {} }),
  ENGINE_UNABLE: () => built({ docker: withoutBuildx, record: '{"imageRef":"ghcr.io/acme/base:local"}' }),
  ENGINE_FAILED: () => built({ docker: withBuildx }, { bases: {} }),
  NAME_UNKNOWN: () => named('apy'),
  FILE_UNREADABLE: () => unreadable(),
  GIT_FAILED: () => withoutGit(),
  PATH_FILTER_INVALID: async () => thrownBy(() => matchPathFilter(['?(api)/**'], 'api/a')),
  REGISTRY_DENIED: () => refused(403, { code: 'DENIED', message: 'installation not allowed to write' }),
  REGISTRY_FAILED: () => refused(500, { code: 'UNKNOWN', message: 'unknown error' }),
  WORKFLOW_INVALID: async () =>
    thrownBy(() => parseWorkflow('on: push\njobs:\n  test:\n    needs: build\n', '.github/workflows/ci.yml')),
  TAG_RULE_INVALID: (code) => tagged(code, 'type=branch'),
  TAG_UNUSABLE: (code) => tagged(code, 'type=raw,value={{tag}}-alpine'),
  TAG_COLLISION: (code) => tagged(code, 'type=ref,event=branch'),
  PLAN_LIMIT: async () =>
    thrownBy(() => {
      const platforms = ['linux/amd64', 'linux/arm64'];
      planJobs([[{ id: 'api:docker-build', platforms }]], { allIds: [], maxJobs: 1, runners: {} });
    }),
  MANIFEST_INVALID: (code) => manifest(code, 'k8s/api.yml', 'kind: Pod\nimage: ghcr.io/acme/api: 1\n'),
  MANIFEST_UNEDITABLE: (code) =>
    manifest(
      code,
      'k8s/values.yml',
      `x: &tag v1
api: { image: { repository: ghcr.io/acme/api, tag: *tag } }
web: { image: { repository: ghcr.io/acme/web, tag: *tag } }
`,
    ),
  REFERENCE_INVALID: (code) => manifest(code, 'k8s/api.yml', '', 'ghcr.io/acme/api:-bcae089'),
  TASK_FAILED: () => unprepared(),
  RECORD_MISSING: () => unpublished(),
  REFERENCE_MISSING: (code) => referenceSet(code),
  FILE_UNWRITABLE: (code) => referenceSet(code, 0o444),
  WORKFLOW_FOREIGN: () => unsynced({ '.github/workflows/docker.yml': 'name: docker\n' }),
  REFERENCE_STALE: (code) => referencesChecked(code),
  REFERENCE_HIDDEN: (code) => referencesChecked(code),
  COMMIT_DIFFERS: () => uncommitted(),
  KUBECTL_MISSING: () => clusterAsked('exit 127'),
  CLUSTER_FAILED: () => clusterAsked(`echo '${refusedConnection}' >&2; exit 1`),
  COSIGN_FAILED: () => signed("echo 'Error: decrypt: encrypted: decryption failed' >&2; exit 1"),
  SIGNATURE_MISSING: (code) =>
    withProgram('cosign', "echo 'Error: no signatures found' >&2; exit 10", () => referenceVerified(code)),
  COMMIT_UNPUBLISHED: () => rolledBack(),
};

it('docs/errors.md has a section for each code, and for no other', () => {
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(Object.keys(problemCodes));
});

describe.each(Object.keys(problemCodes) as ProblemCode[])('the section of %s', (code) => {
  const section = sectionOf(page, `## ${code}`);

  it('says what the code means, why it is, and what is bad and good', () => {
    expect(section.split('\n')[1]).toBe(problemCodes[code]);
    expect(section.match(/\*\*\w+\.\*\*/g)).toEqual(['**Why.**', '**Bad.**', '**Good.**']);
  });

  it('shows what is printed', async () => {
    expect(codeBlocks(section, 'text')).toEqual([await outputs[code](code)]);
    expect(section).toContain(`(${code})\n`);
  });
});

/** The first problem with the code in a workspace, as explain and lint print it. */
async function explained(code: ProblemCode, dockerfile: string, files: Files = {}): Promise<string> {
  const open = await openImages(
    temporaryWorkspace({
      ...api,
      'api/Dockerfile': dockerfile,
      'nx.json': JSON.stringify({ plugins: [plugin] }),
      ...files,
    }),
  );
  const facts = diskFactsReader(open);
  return firstOf(code, [
    ...open.problems,
    ...open.images.flatMap((image) => reportImage(image, facts(image.image)).problems),
  ]);
}

/** A file that is gone by the time it is read: root could read whatever there is. */
async function unreadable(): Promise<string> {
  const workspace = await openWorkspace(temporaryWorkspace(api));
  const options = { workspace, pluginOptions: {}, nxJson: {} };
  const { images } = await readImages({ ...options, paths: ['api/Dockerfile'] });
  return firstOf(
    'FILE_UNREADABLE',
    images.flatMap(({ problems }) => problems),
  );
}

async function tagged(code: ProblemCode, rule: string): Promise<string> {
  const { problems } = computeTags({
    images: ['ghcr.io/acme/api'],
    tags: [rule],
    facts: {
      event: 'push',
      ref: 'refs/heads/feature/login',
      sha: '',
      defaultBranch: 'main',
      branches: ['main', 'feature-login', 'feature/login'],
    },
    now: new Date(0),
  });
  return firstOf(code, problems);
}

function thrownBy(run: () => unknown): string {
  try {
    return String(run());
  } catch (error) {
    return (error as Error).message;
  }
}

async function withoutGit(): Promise<string> {
  const root = temporaryWorkspace({});
  const error = await openCommit(root, 'HEAD').catch((thrown: Error) => thrown);
  return (error as Error).message.replaceAll(root, '/home/me/acme');
}

/** What is said of a registry that answers everything with one error: a push where it refuses, else a pull. */
async function refused(status: number, error: object): Promise<string> {
  const server = await fakeRegistry((_, response) =>
    response.writeHead(status).end(JSON.stringify({ errors: [error] })),
  );
  const patience = { attempts: 1, firstDelay: 1, timeout: 5000 };
  const registry = openRegistry(`${server.host}/acme/api`, patience);
  const asked = status === 403 ? registry.put('latest', Buffer.from(''), '') : registry.get('latest');
  const answer = await asked.catch((thrown: Error) => thrown.message);
  await server.close();
  return String(answer).replaceAll(server.host, 'ghcr.io');
}

async function manifest(
  code: ProblemCode,
  file: string,
  text: string,
  reference = 'ghcr.io/acme/api:main-bcae089',
): Promise<string> {
  return firstOf(code, setImages(text, new Map([['ghcr.io/acme/api', reference]]), { file }).problems);
}

/** What is said of an Nx that plans a task and then fails to run it. */
async function unprepared(): Promise<string> {
  const id = 'api:docker-build';
  const task = { target: { project: 'api', target: 'compile' } };
  const graph = { tasks: { tasks: { 'api:compile': task }, dependencies: { [id]: ['api:compile'] } } };
  const root = temporaryWorkspace({
    'package.json': '{}',
    'node_modules/nx/package.json': '{"bin":{"nx":"nx.js"}}',
    'node_modules/nx/nx.js': `const [, file] = process.argv.at(-1).split('--graph=');
      if (file) require('node:fs').writeFileSync(file, ${JSON.stringify(JSON.stringify(graph))});
      else process.exit(1);`,
  });
  const error = await prepareJob({ root, images: [id], all: new Set([id]) }).catch((thrown: Error) => thrown);
  return (error as Error).message;
}

/** What is said of an image that is to be published with a file that was changed since the commit. */
async function uncommitted(): Promise<string> {
  const root = temporaryRepository(api);
  const head = git(root, 'rev-parse', '--short=7', 'HEAD');
  writeFileSync(join(root, 'api/project.json'), '{"name":"api" }');
  const prepared = { image: { image: 'ghcr.io/acme/api' }, files: [] } as unknown as PreparedBuild;
  const error = await readCommit(prepared, executorContext(root)).catch((thrown: Error) => thrown);
  return (error as Error).message.replaceAll(head, 'bcae089');
}

async function unpublished(): Promise<string> {
  const platforms = ['linux/arm64'];
  const image = { id: 'api:docker-build', image: '127.0.0.1:9/api', platforms } as unknown as PlannedImage;
  const plan = { images: [image], unchanged: [], head: 'a'.repeat(40) } as unknown as Plan;
  const error = await collectImages(plan, []).catch((thrown: Error) => thrown);
  return (error as Error).message;
}

const { digest: _, pushed: __, ...apiRecord } = sampleRecord;

/** What is said of a workload with a kubectl that answers as the script says. */
async function clusterAsked(script: string): Promise<string> {
  const workload = { kind: 'Deployment' as const, name: 'api', containers: [] };
  const options = { records: [], timeout: 0, say: () => undefined };
  return withProgram('kubectl', script, () =>
    watchRollouts([workload], options).then(String, (error: Error) => error.message),
  );
}

/** What is said of a key with a cosign that answers as the script says. */
async function signed(script: string): Promise<string> {
  return withProgram('cosign', script, () =>
    openSigner('.', { key: 'cosign.key' }).then(String, (error: Error) => error.message),
  );
}

async function referenceVerified(code: ProblemCode): Promise<string> {
  const kubernetes = { paths: ['k8s'], form: 'tag', verify: { key: 'cosign.pub' } };
  const root = temporaryWorkspace({
    'k8s/api.yml': 'image: ghcr.io/acme/api:latest\n',
    'nx.json': JSON.stringify({ plugins: [{ plugin, options: { kubernetes } }] }),
  });
  return firstOf(code, (await setReferences(root, [{ ...apiRecord, pushed: true }])).problems);
}

/** What is said of a commit that no record is of. */
async function rolledBack(): Promise<string> {
  const root = temporaryRepository(api);
  const head = git(root, 'rev-parse', 'HEAD');
  const error = await namedTarget(root, 'main', recordHistory([])).catch((thrown: Error) => thrown);
  return (error as Error).message.replaceAll(head.slice(0, 12), 'bcae0890ffff');
}

/** What is said where a manifest of a published image is to be written. */
async function referenceSet(code: ProblemCode, mode?: number): Promise<string> {
  const root = temporaryWorkspace({ 'k8s/api.yml': 'image: ghcr.io/acme/api:latest\n' });
  if (mode !== undefined) chmodSync(join(root, 'k8s/api.yml'), mode);
  const options = { paths: ['k8s'], form: 'tag' as const };
  return setReferences(
    root,
    [apiRecord],
    mode === undefined ? { ...options, prove: async () => undefined } : options,
  ).then(
    ({ problems }) => firstOf(code, problems),
    (error: Error) => error.message,
  );
}

/** What the sync generator says to files that it will not touch. */
async function unsynced(files: Files): Promise<string> {
  const plugins = [{ plugin, options: { registry: 'ghcr.io/acme' } }];
  const root = temporaryWorkspace({ ...api, 'nx.json': JSON.stringify({ plugins }), ...files });
  const error = await syncWorkflow(treeOnDisk(root).tree).catch((thrown: Error) => thrown);
  return (error as Error).message;
}

/** A kustomization with a tag that was never published, and an Application that replaces it. */
async function referencesChecked(code: ProblemCode): Promise<string> {
  const root = temporaryWorkspace({
    ...api,
    'api/Dockerfile': 'FROM scratch\n',
    'nx.json': JSON.stringify({ plugins: [{ plugin, options: { registry: 'ghcr.io/acme' } }] }),
    'k8s/kustomization.yml': `resources: [api.yml]
images:
  - name: ghcr.io/acme/api
    newTag: bcae089
`,
    'k8s/argocd.yml': `apiVersion: argoproj.io/v1alpha1
kind: Application
spec:
  source:
    path: k8s
    kustomize: { images: [ghcr.io/acme/api:latest] }
`,
  });
  const { problems } = await checkReferences(root, [apiRecord], { paths: ['k8s'], form: 'tag' });
  return firstOf(
    code,
    problems.filter(({ place }) => place?.file === 'k8s/kustomization.yml'),
  );
}

function firstOf(code: ProblemCode, problems: readonly Problem[]): string {
  const problem = problems.find((each) => each.code === code);
  return problem ? formatProblem(problem) : `no ${code}`;
}

async function named(name: string): Promise<string> {
  const root = temporaryWorkspace({
    ...api,
    'api/Dockerfile': 'FROM scratch\n',
    'nx.json': JSON.stringify({ plugins: [plugin] }),
  });
  const open = await openImages(root);
  try {
    findNamed(name, open, root);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const refusedConnection =
  'The connection to the server 10.0.0.1:6443 was refused - did you specify the right host or port?';
const withBuildx =
  'case "$1 $2" in "version "*) echo 26.1.5;; "buildx version") echo "github.com/docker/buildx 0.13.1 abc";; *) exit 1;; esac';
const withoutBuildx = 'case $1 in version) echo 20.10.24;; *) echo "Usage: docker"; exit 0;; esac';
const withoutServer =
  'echo "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?" >&2; exit 1';

/** What the executor prints with an engine that answers as the script says. */
async function built(engine: { docker: string; record?: string }, options: object = {}): Promise<string> {
  const root = temporaryWorkspace({
    ...api,
    'api/Dockerfile': 'FROM ghcr.io/acme/base\nCOPY project.json /\n',
    ...(engine.record && { 'dist/docker/base.json': engine.record }),
  });
  const bin = mkdtempSync(join(tmpdir(), 'moltbook-docker-bin-'));
  writeFileSync(join(bin, 'docker'), `#!/bin/sh\n${engine.docker}\n`);
  chmodSync(join(bin, 'docker'), 0o755);
  const { PATH, DOCKER_HOST } = process.env;
  process.env.PATH = bin;
  delete process.env.DOCKER_HOST;
  jest.spyOn(console, 'log').mockReturnValue();
  const print = jest.spyOn(console, 'error').mockReturnValue();
  try {
    await build(
      {
        dockerfile: 'api/Dockerfile',
        buildContext: 'api',
        image: 'ghcr.io/acme/api',
        bases: { 'ghcr.io/acme/base': { image: 'ghcr.io/acme/base', record: 'dist/docker/base.json' } },
        ...options,
      },
      executorContext(root),
    );
    return String(print.mock.calls[0]?.[0])
      .trim()
      .replaceAll(bin, '/usr/bin')
      .replace(/\S+moltbook-docker-\w{6}\//, '/tmp/');
  } finally {
    jest.restoreAllMocks();
    process.env.PATH = PATH;
    if (DOCKER_HOST !== undefined) process.env.DOCKER_HOST = DOCKER_HOST;
  }
}

/** Runs something with one program in PATH, and no other. */
async function withProgram<T>(name: string, script: string, run: () => Promise<T>): Promise<T> {
  const bin = mkdtempSync(join(tmpdir(), 'moltbook-docker-bin-'));
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
  const { PATH } = process.env;
  process.env.PATH = bin;
  try {
    return await run();
  } finally {
    process.env.PATH = PATH;
  }
}
