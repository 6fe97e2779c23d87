import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Ajv } from 'ajv';
import { execa } from 'execa';
import { findImages } from '../../packages/docker/src/core/manifest/find-images.js';
import { docker } from '../support/engine.js';
import { repositoryRoot } from '../support/nx-versions.js';
import { nx, run } from '../support/run.js';

describe('the demo', () => {
  it('builds and runs both images, shows a post in a browser, and stops cleanly on Ctrl-C', async () => {
    const demo = startDemo();
    const { feed, post, api } = await demo.urls;
    const ready = await fetch(new URL('/ready', api));
    expect([ready.status, await ready.json()]).toEqual([200, expect.objectContaining({ status: 'ok' })]);
    const title = await postTitle(api);
    for (const url of [feed, post]) expect(await textInBrowser(url)).toContain(title);
    expect(await runningContainers()).toHaveLength(2);

    expect(await demo.stop()).toBe(0);
    expect(await runningContainers()).toHaveLength(0);
    await expect(fetch(feed)).rejects.toThrow();
    // The first of all builds downloads every package.
  }, 600_000);

  it('builds nothing when it runs again, and ends by itself with --once', async () => {
    const { exitCode, all: output } = await execa('node', ['tools/demo.mjs', '--once'], {
      cwd: repositoryRoot,
      all: true,
      reject: false,
    });
    const all = stripVTControlCharacters(output);
    expect([exitCode, all]).toEqual([0, expect.stringContaining('the post')]);
    for (const project of ['api', 'moltbook-frontend']) {
      expect(recordProblems(project)).toBeNull();
      expect(all).toMatch(new RegExp(`unchanged: \\S+ already holds these inputs; .*/${project}\\.json`));
    }
    expect(all).not.toMatch(/#\d+ \[/);
  });
});

describe('the workspace', () => {
  it('has both applications, what they share, and their edges in its graph', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'moltbook-graph-'));
    const file = join(folder, 'graph.json');
    await nx(repositoryRoot, ['graph', `--file=${file}`]);
    const { graph } = JSON.parse(readFileSync(file, 'utf8')) as { graph: Graph };
    rmSync(folder, { recursive: true });
    expect(Object.keys(graph.nodes)).toEqual(
      expect.arrayContaining(['api', 'contracts', 'moltbook-frontend']),
    );
    for (const project of ['api', 'moltbook-frontend'])
      expect(graph.dependencies[project]).toContainEqual(expect.objectContaining({ target: 'contracts' }));
  });

  it('selects both images for a change of what they share, and one for its own', async () => {
    expect(await affectedBy('packages/contracts/src/index.js')).toEqual(['api', 'moltbook-frontend']);
    expect(await affectedBy('api/src/index.js')).toEqual(['api']);
    expect(await affectedBy('moltbook-frontend/src/app/page.tsx')).toEqual(['moltbook-frontend']);
  });

  it('has Kubernetes manifests that kustomize builds, with the references of its own list', async () => {
    const { stdout } = await run([required('MOLTBOOK_KUSTOMIZE'), 'build', 'k8s'], { cwd: repositoryRoot });
    const images = [...stdout.matchAll(/image: (ghcr\.io\S+)/g)].map(([, image]) => image);
    const file = 'k8s/kustomization.yml';
    const { fields } = findImages(readFileSync(join(repositoryRoot, file), 'utf8'), { file });
    const [api, frontend] = fields.map(({ reference }) => reference);
    expect(images).toEqual([api, api, frontend]);
    expect(fields.map(({ repository }) => repository)).toEqual([
      'ghcr.io/ardenone/moltbook-api',
      'ghcr.io/ardenone/moltbook-frontend',
    ]);
  });
});

describe('a private npm registry', () => {
  const secret = createHash('sha256').update(`${process.pid} ${Date.now()}`).digest('hex');
  const npmrc = (lines: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'moltbook-npmrc-')), 'npmrc');
    writeFileSync(file, `//registry.test/:_authToken=${secret}\n${lines}`);
    return { NPM_CONFIG_USERCONFIG: file };
  };

  it('is what the build downloads from', async () => {
    const env = npmrc('registry=http://127.0.0.1:9/\nfetch-retries=0\n');
    const { exitCode, stdout, stderr } = await buildApi({ env, mayFail: true });
    expect(exitCode).not.toBe(0);
    expect(stdout + stderr).toContain('127.0.0.1:9');
  });

  it('leaves nothing of its token or of the certificate authority in a layer or the history', async () => {
    await buildApi({ env: npmrc('') });
    const name = 'ghcr.io/ardenone/moltbook-api:local';
    const texts = [await savedImage(name), await docker('history', '--no-trunc', '--format', 'json', name)];
    expect(texts[0]).toContain('fastify');
    for (const text of texts) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain('registry.test');
    }
    const authority = process.env.NODE_EXTRA_CA_CERTS;
    if (authority) expect(texts[0]).not.toContain(lastCertificateLine(authority));
  });

  function buildApi(options: { env: Record<string, string>; mayFail?: boolean }) {
    return nx(repositoryRoot, ['docker-build', 'api', '--noCache', '--progress=plain'], options);
  }
});

interface Graph {
  readonly nodes: Record<string, unknown>;
  readonly dependencies: Record<string, { target: string }[]>;
}

function startDemo() {
  const child = execa('node', ['tools/demo.mjs'], { cwd: repositoryRoot, all: true, reject: false });
  const urls = new Promise<Record<'feed' | 'post' | 'api', string>>((resolve, reject) => {
    let output = '';
    child.all.on('data', (text) => {
      output += stripVTControlCharacters(String(text));
      const url = (name: string) => new RegExp(`${name} +(http\\S+)`).exec(output)?.[1];
      const [feed, post, api] = [url('the feed'), url('the post'), url('the API')];
      if (feed && post && api && output.includes('Ctrl-C stops')) resolve({ feed, post, api });
    });
    child.then(() => reject(new Error(`The demo ended early:\n${output}`)));
  });
  return {
    urls,
    async stop() {
      child.kill('SIGINT');
      return (await child).exitCode;
    },
  };
}

async function postTitle(api: string): Promise<string> {
  const answer = (await (await fetch(api)).json()) as {
    posts?: { title: string }[];
    items?: { title: string }[];
  };
  return (answer.posts ?? answer.items)?.[0]?.title ?? 'no post';
}

/** The text of a page after a real browser has loaded it. */
async function textInBrowser(url: string): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), 'moltbook-chromium-'));
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  const { stdout } = await run(
    [
      required('MOLTBOOK_CHROMIUM'),
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet],
      ...[`--user-data-dir=${profile}`, '--virtual-time-budget=5000', '--dump-dom', url],
    ],
    { cwd: repositoryRoot },
  );
  rmSync(profile, { recursive: true, force: true });
  return stdout;
}

async function runningContainers(): Promise<string[]> {
  const names = await docker('ps', '--format', '{{.Image}}', '--filter', 'status=running');
  return names.split('\n').filter((name) => name.includes('ardenone/moltbook-'));
}

/** What the published schema has against the record of a build. */
function recordProblems(project: string): unknown {
  const [schema, record] = [
    'packages/docker/schemas/published-record.schema.json',
    `dist/docker/${project}.json`,
  ].map((path) => JSON.parse(readFileSync(join(repositoryRoot, path), 'utf8')));
  const ajv = new Ajv();
  ajv.validate(schema, record);
  return ajv.errors ?? null;
}

async function affectedBy(file: string): Promise<string[]> {
  const { stdout } = await nx(repositoryRoot, [
    ...['show', 'projects', '--affected', `--files=${file}`],
    ...['--with-target', 'docker-build', '--json'],
  ]);
  return (JSON.parse(stdout) as string[]).sort();
}

/** Every layer and configuration of an image, unpacked, as one text of bytes. */
async function savedImage(name: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'moltbook-save-'));
  const script =
    'docker save "$1" | tar -x && find . -type f -size +0 -exec sh -c \'gzip -dcf "$1"\' sh {} \\; > ../all-$2';
  const all = join(tmpdir(), `all-${process.pid}`);
  await run(['sh', '-c', script, 'sh', name, String(process.pid)], { cwd: folder });
  const text = readFileSync(all, 'latin1');
  expect(readdirSync(folder).length).toBeGreaterThan(1);
  rmSync(folder, { recursive: true });
  rmSync(all);
  return text;
}

/** A line in the middle of the machine's last certificate: private authorities are added at the end. */
function lastCertificateLine(file: string): string {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.at(-4) ?? '';
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run npm test, which provides it`);
  return value;
}
