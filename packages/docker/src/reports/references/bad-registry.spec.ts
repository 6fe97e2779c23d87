import { chmodSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type FakeRegistry, fakeRegistry } from '../../../testing/fake-registry.js';
import { sampleRecord } from '../../../testing/sample-record.js';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { formatProblem } from '../../core/errors.js';
import type { Patience } from '../../host/registry/send-request.js';
import { registryProof } from './registry-proof.js';
import { setReferences } from './set-references.js';

const { digest } = sampleRecord;
const past = new Date('2001-02-03T04:05:06Z');
const impatient = { attempts: 3, firstDelay: 1, timeout: 300, total: 2000 };

let server: FakeRegistry | undefined;
let root = '';
const login = process.env.DOCKER_CONFIG;
beforeEach(() => {
  // Nobody is logged in.
  process.env.DOCKER_CONFIG = temporaryWorkspace({});
});
afterEach(async () => {
  if (login === undefined) delete process.env.DOCKER_CONFIG;
  else process.env.DOCKER_CONFIG = login;
  await server?.close();
});

type Answer = Parameters<typeof fakeRegistry>[0];

/** Sets a reference of the registry in two files, and returns what is said. */
async function set(answer: Answer, patience: Partial<Patience> = {}): Promise<string> {
  server = await fakeRegistry(answer);
  const image = `${server.host}/acme/api`;
  const pod = `kind: Pod\nimage: ${image}:latest # why\n`;
  root = temporaryWorkspace({ 'k8s/a.yml': pod, 'k8s/b.yml': pod });
  chmodSync(join(root, 'k8s/b.yml'), 0o640);
  for (const file of ['a', 'b']) utimesSync(join(root, `k8s/${file}.yml`), past, past);
  const before = state();
  const record = { ...sampleRecord, image, imageRef: `${image}:main-bcae089` };
  const prove = registryProof({ ...impatient, ...patience });
  const { changed, edits, problems } = await setReferences(root, [record], { paths: ['k8s'], prove });
  expect([changed, edits]).toEqual([[], []]);
  expect(state()).toEqual(before);
  return problems.map(formatProblem).join('\n').replaceAll(server.host, 'registry');
}

/** Bytes, modes and times of all files. */
function state(): unknown {
  return readdirSync(join(root, 'k8s')).map((name) => {
    const { mode, mtimeMs } = statSync(join(root, 'k8s', name));
    return [name, readFileSync(join(root, 'k8s', name), 'utf8'), mode, mtimeMs];
  });
}

function answer(status: number, headers: Record<string, string> = {}, body = ''): Answer {
  return (_, response) => response.writeHead(status, headers).end(body);
}

/** Sends as fast as it is read, and never ends. */
function flood({ method }: IncomingMessage, response: ServerResponse): unknown {
  if (method === 'HEAD') return response.end();
  const part = Buffer.alloc(1024 * 1024, '{');
  const send = () => {
    while (!response.destroyed && response.write(part));
  };
  response.on('drain', send);
  return send();
}

const head = `HEAD ${digest} of acme/api`;
const manifestType = { 'content-type': 'application/vnd.oci.image.manifest.v1+json' };

describe('a registry that gives no answer to build on leaves every file as it was', () => {
  it.each<[string, Answer, string]>([
    [
      '401',
      answer(401),
      'registry gives no permission to pull from acme/api: nobody is logged in (REGISTRY_DENIED)\n  Fix: run docker login registry as somebody who may pull',
    ],
    [
      '403',
      answer(403),
      'registry gives no permission to pull from acme/api (REGISTRY_DENIED)\n  Fix: run docker login',
    ],
    [
      '404',
      answer(404),
      `the registry has no registry/acme/api@${digest} (REFERENCE_MISSING)\n  Fix: publish the image first`,
    ],
    [
      '429',
      answer(429),
      `registry answered 429 to ${head} (REGISTRY_FAILED)\n  Fix: run this again later, or run docker login registry first`,
    ],
    [
      '429 with a time that is too long to wait',
      answer(429, { 'retry-after': '300' }),
      `registry answered 429 to ${head} (REGISTRY_FAILED)\n  Fix: run this again in 300 seconds, or run docker login registry first`,
    ],
    [
      '500',
      answer(500, {}, 'disk full'),
      `registry answered 500 to ${head} (REGISTRY_FAILED)\n  Fix: check that registry is`,
    ],
    [
      'garbage',
      answer(200, { 'content-type': 'text/html' }, '<html>Welcome to the hotel</html>'),
      'registry answered to GET sha256:abab',
    ],
    [
      'a manifest of another image',
      answer(200, manifestType, '{"schemaVersion":2}'),
      'with something that is not the manifest (REGISTRY_FAILED)',
    ],
    [
      'a body that stops in the middle',
      ({ method }, response) => {
        response.writeHead(200, { ...manifestType, 'content-length': '100' });
        if (method === 'HEAD') response.end();
        else response.write('{');
      },
      'registry does not answer: no answer in time (REGISTRY_FAILED)',
    ],
    [
      'a closed connection',
      (request) => request.socket.destroy(),
      'registry does not answer: other side closed (REGISTRY_FAILED)\n  Fix: check that registry is',
    ],
    [
      'silence',
      () => {},
      'registry does not answer: no answer in time (REGISTRY_FAILED)\n  Fix: check that registry is',
    ],
  ])('%s', async (_, answered, message) => {
    const said = await set(answered);
    expect(said).toMatch(/^k8s\/a.yml:2:8: /);
    expect(said).toContain(message);
  });
});

it('reads no body that does not end, and asks no second time', async () => {
  const answered: Answer = (request, response) => flood(request, response.writeHead(200, manifestType));
  expect(await set(answered, { timeout: 20_000, total: 20_000 })).toContain(
    'registry answers with more than 32 MB (REGISTRY_FAILED)',
  );
  expect(server?.requests).toHaveLength(2);
});

it('gives up where a registry wants to be waited for longer than there is time', async () => {
  await set(answer(503, { 'retry-after': '60' }));
  expect(server?.requests).toHaveLength(1);
});

it('waits as long as a registry says', async () => {
  // A third attempt would be later than all of the time that there is.
  await set(answer(429, { 'retry-after': '1' }));
  expect(server?.requests).toHaveLength(2);
});

it('says what it waits for, once that takes more than a moment', async () => {
  const reasons: string[] = [];
  const tell = (reason: string) => reasons.push(reason);
  await set(() => {}, { attempts: 2, timeout: 2100, total: 2300, tell });
  expect(reasons).toEqual(['has not answered yet', 'failed: no answer in time']);
});
