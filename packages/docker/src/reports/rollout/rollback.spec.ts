import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeRegistry } from '../../../testing/fake-registry.js';
import { commit, git, temporaryRepository } from '../../../testing/temporary-repository.js';
import type { PublishedRecord } from '../../core/build/published-record.js';
import { rollback } from './rollback.js';

const plugin = '@moltbook/docker/plugin';
const nxJson = (registry: string) =>
  JSON.stringify({ plugins: [{ plugin, options: { registry, kubernetes: { paths: ['k8s'] } } }] });

/** A workspace of two images, and its commits 1 to 5. */
function workspace(registry = 'ghcr.io/acme') {
  const root = temporaryRepository({
    'nx.json': nxJson(registry),
    'api/project.json': '{"name":"api"}',
    'api/Dockerfile': 'FROM scratch\n',
    'web/project.json': '{"name":"web"}',
    'web/Dockerfile': 'FROM scratch\n',
  });
  const commits = [
    git(root, 'rev-parse', 'HEAD'),
    ...[2, 3, 4, 5].map((number) => commit(root, { x: `${number}` })),
  ];
  return { root, commits };
}

const digestOf = (digit: string) => `sha256:${digit.repeat(64)}`;

function record(project: string, head: string, digit: string, registry = 'ghcr.io/acme'): PublishedRecord {
  const image = `${registry}/${project}`;
  const tags = [`main-${head.slice(0, 7)}`, 'main', `sha-${head}`];
  return {
    version: 1,
    project,
    target: 'docker-build',
    image,
    imageRef: `${image}:${tags[0]}`,
    tags,
    digest: digestOf(digit),
    pushed: true,
    revision: head,
    platforms: [],
    duration: 1,
  };
}

/** Writes manifests that name records, without a commit of them. */
function deploy(root: string, ...records: PublishedRecord[]): void {
  const lines = records.map(({ imageRef, digest }) => `- image: ${imageRef}@${digest} # stays\n`);
  commit(root, { 'k8s/all.yml': `containers:\n${lines.join('')}` });
}

function versions(root: string): string[] {
  const text = readFileSync(join(root, 'k8s/all.yml'), 'utf8');
  return [...text.matchAll(/image: \S+?\/(\w+:\S+?)@sha256:(\w)\w+ # stays/g)].map(
    ([, tag, digit]) => `${tag} ${digit}`,
  );
}

/** Commit 1 is unpublished; web never changes; api changes with 3 and with 5. */
function story(registry?: string) {
  const { root, commits } = workspace(registry);
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = commits;
  const published = { api: ['', '1', '2', '2', '3'], web: ['', '1', '1', '1', '1'] };
  const records = (['api', 'web'] as const).flatMap((project) =>
    commits.flatMap((head, index) => {
      const digit = published[project][index];
      return digit ? [record(project, head, digit, registry)] : [];
    }),
  );
  const of = (project: string, head: string) =>
    records.find((each) => each.project === project && each.revision === head) as PublishedRecord;
  const short = (head: string) => `main-${head.slice(0, 7)}`;
  return { root, records, of, short, first, second, third, fourth, fifth };
}

it('goes back to the nearest commit at which an image was another, and again, and forward', async () => {
  const { root, records, of, short, second, fourth, fifth } = story();
  deploy(root, of('api', fifth), of('web', second));
  const back = await rollback(root, { records });
  expect(back).toMatchObject({ from: fifth, to: fourth, problems: [], changed: ['k8s/all.yml'] });
  expect(versions(root)).toEqual([`api:${short(fourth)} 2`, `web:${short(second)} 1`]);
  expect(await rollback(root, { records })).toMatchObject({ from: fourth, to: second });
  expect(versions(root)).toEqual([`api:${short(second)} 1`, `web:${short(second)} 1`]);
  await expect(rollback(root, { records })).rejects.toThrow('(COMMIT_UNPUBLISHED)');
  await rollback(root, { records, to: fifth });
  expect(versions(root)).toEqual([`api:${short(fifth)} 3`, `web:${short(second)} 1`]);
});

it('takes a git tag, and says what a dry run would do', async () => {
  const { root, records, of, second, third, fifth } = story();
  deploy(root, of('api', fifth), of('web', second));
  git(root, 'tag', 'v1.0.0', third);
  const before = versions(root);
  const { to, edits } = await rollback(root, { records, to: 'v1.0.0', write: false });
  expect([to, edits.length, versions(root)]).toEqual([third, 1, before]);
});

it('finds the commit by digests where tags name none', async () => {
  const { root, records, of, fourth, fifth, second } = story();
  const digestAlone = (each: PublishedRecord) => ({ ...each, imageRef: `${each.image}:latest` });
  deploy(root, digestAlone(of('api', fifth)), digestAlone(of('web', second)));
  expect(await rollback(root, { records })).toMatchObject({ from: fifth, to: fourth });
});

it('changes only the chosen images', async () => {
  const { root, records, of, second, fifth } = story();
  deploy(root, of('api', fifth), of('web', fifth));
  expect((await rollback(root, { records, images: ['api'], to: second })).edits).toHaveLength(1);
  await expect(rollback(root, { records, images: ['apy'] })).rejects.toThrow('(NAME_UNKNOWN)');
});

it('refuses with a reason', async () => {
  const { root, records, of, first, second, fifth } = story();
  deploy(root, of('api', fifth), of('web', fifth));
  await expect(rollback(root, { records, to: first })).rejects.toThrow(
    `no image of the commit ${first.slice(0, 12)} was published (COMMIT_UNPUBLISHED)\n  Fix: take --to ${second.slice(0, 12)}, after it`,
  );
  await expect(rollback(root, { records, to: 'v9' })).rejects.toThrow('"v9" names no commit');
  await expect(rollback(root, { records, to: '--all' })).rejects.toThrow('"--all" names no commit');
  const withoutWeb = records.filter(({ project, revision }) => project !== 'web' || revision !== second);
  await expect(rollback(root, { records: withoutWeb, to: second, images: ['web'] })).rejects.toThrow(
    `ghcr.io/acme/web was not published with the commit ${second.slice(0, 12)}: it has no tag sha-${second} (REFERENCE_MISSING)`,
  );
  expect(versions(root)[0]).toMatch(/ 3$/);
});

describe('in a shallow clone', () => {
  function shallow() {
    const told = story();
    deploy(told.root, told.of('api', told.fifth), told.of('web', told.fifth));
    const root = mkdtempSync(join(tmpdir(), 'moltbook-docker-shallow-'));
    execFileSync('git', ['clone', '--quiet', '--depth=2', `file://${told.root}`, root]);
    return { ...told, root };
  }

  it('says how to get the rest', async () => {
    const { root, records } = shallow();
    await expect(rollback(root, { records })).rejects.toThrow('git fetch --unshallow');
  });

  it('goes to a commit that is named in full or in short', async () => {
    const { root, records, third, second } = shallow();
    expect((await rollback(root, { records, to: third })).to).toBe(third);
    expect((await rollback(root, { records, to: second.slice(0, 8) })).to).toBe(second);
  });
});

it('says that the registry refuses', async () => {
  const server = await fakeRegistry((_, response) => response.writeHead(403).end());
  const registry = `${server.host}/acme`;
  const { root, of, fifth } = story(registry);
  deploy(root, of('api', fifth), of('web', fifth));
  await expect(rollback(root, { prove: async () => undefined })).rejects.toThrow('(REGISTRY_DENIED)');
  await server.close();
});
