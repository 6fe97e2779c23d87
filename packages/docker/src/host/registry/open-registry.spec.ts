import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type FakeRegistry, fakeRegistry } from '../../../testing/fake-registry.js';
import { mediaTypes } from '../../core/registry/media-types.js';
import { openRegistry } from './open-registry.js';

const manifest = '{"schemaVersion":2}';
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
const impatient = { attempts: 3, firstDelay: 1, timeout: 300, total: 5000 };
const originalPath = process.env.PATH ?? '';

let server: FakeRegistry | undefined;
beforeEach(() => login({}));
afterEach(async () => {
  await server?.close();
  process.env.PATH = originalPath;
});

type Answer = Parameters<typeof fakeRegistry>[0];

async function open(answer: Answer) {
  server = await fakeRegistry(answer);
  return openRegistry(`${server.host}/acme/api`, impatient);
}

/** Leaves a configuration as `docker login` would, for this process alone. */
function login(config: object): void {
  const folder = mkdtempSync(join(tmpdir(), 'open-registry-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  process.env.DOCKER_CONFIG = folder;
  delete process.env.DOCKER_AUTH_CONFIG;
  delete process.env.REGISTRY_AUTH_FILE;
  delete process.env.XDG_RUNTIME_DIR;
}

function loginAs(user: string): void {
  login({ auths: { [server?.host ?? '']: { auth: Buffer.from(user).toString('base64') } } });
}

function sendManifest(response: ServerResponse, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': mediaTypes.ociManifest, ...headers }).end(manifest);
}

function refusal(error: { code: string; message: string }): string {
  return JSON.stringify({ errors: [error] });
}

describe('what is there', () => {
  it('is known from the headers alone', async () => {
    const registry = await open((_, response) => sendManifest(response, { 'docker-content-digest': digest }));
    expect(await registry.head('latest')).toEqual({ digest, mediaType: mediaTypes.ociManifest });
    expect(server?.requests).toEqual(['HEAD /v2/acme/api/manifests/latest']);
  });

  it('is known from the bytes where the registry does not name the digest', async () => {
    const registry = await open((_, response) => sendManifest(response));
    expect(await registry.head('latest')).toMatchObject({ digest });
  });

  it('is asked for by all media types', async () => {
    let accept: string | undefined;
    const registry = await open((request, response) => {
      accept = request.headers.accept;
      sendManifest(response);
    });
    expect((await registry.get('latest'))?.bytes.toString()).toBe(manifest);
    expect(accept?.split(', ')).toEqual(Object.values(mediaTypes));
  });

  it('is nothing where the registry answers 404', async () => {
    const registry = await open((_, response) => response.writeHead(404).end());
    expect(await registry.head('latest')).toBeUndefined();
    expect(await registry.get('latest')).toBeUndefined();
    expect(await registry.blob(digest)).toBeUndefined();
    expect(await registry.listTags()).toEqual([]);
  });

  it('is written under its name, with its media type and its bytes as they are', async () => {
    const seen: string[] = [];
    const registry = await open((request, response, body) => {
      seen.push(`${request.method} ${request.url} ${request.headers['content-type']} ${body}`);
      response.writeHead(201).end();
    });
    expect(await registry.put('v1', Buffer.from(manifest), mediaTypes.ociIndex)).toBe(digest);
    expect(seen).toEqual([`PUT /v2/acme/api/manifests/v1 ${mediaTypes.ociIndex} ${manifest}`]);
  });

  it('cannot leave its repository by its name', async () => {
    const registry = await open((_, response) => response.writeHead(404).end());
    await registry.head('../../other/manifests/x?y#z');
    expect(server?.requests).toEqual(['HEAD /v2/acme/api/manifests/../../other/manifests/x?y#z']);
  });
});

it('lists the tags of all pages, and stops where pages lead in a circle', async () => {
  const registry = await open((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://registry');
    const last = searchParams.get('last');
    const next = last === null ? 'a' : last === 'a' ? 'b' : 'a';
    response.setHeader('link', `</v2/acme/api/tags/list?last=${next}>; rel="next"`);
    response.end(JSON.stringify({ name: 'acme/api', tags: [`after-${last}`] }));
  });
  expect(await registry.listTags()).toEqual(['after-null', 'after-a', 'after-b']);
});

describe('a registry that is busy', () => {
  it.each([429, 500, 502, 503, 504])('is asked again after %i', async (status) => {
    const registry = await open((_, response) => {
      if ((server?.requests.length ?? 0) < 3) response.writeHead(status, { 'retry-after': '0' }).end();
      else sendManifest(response);
    });
    expect(await registry.get('x')).toMatchObject({ digest });
    expect(server?.requests).toHaveLength(3);
  });

  it('is asked again after a lost connection, in the middle of the body, too', async () => {
    const registry = await open((request, response) => {
      if (server?.requests.length === 1) return request.socket.destroy();
      if (server?.requests.length === 2) {
        response.writeHead(200, { 'content-type': mediaTypes.ociManifest, 'content-length': '1000' });
        response.write('{');
        return setTimeout(() => request.socket.destroy(), 20);
      }
      return sendManifest(response);
    });
    expect(await registry.get('x')).toMatchObject({ digest });
  });

  it.each<[string, Answer, string]>([
    [
      '500 for ever',
      (_, response) => response.writeHead(500).end(refusal({ code: 'UNKNOWN', message: 'disk\nfull' })),
      'answered 500 to GET x of acme/api: UNKNOWN: disk full (REGISTRY_FAILED)',
    ],
    [
      '429 for ever',
      (_, response) => response.writeHead(429).end(),
      'answered 429 to GET x of acme/api (REGISTRY_FAILED)',
    ],
    ['silence', () => {}, 'does not answer: no answer in time (REGISTRY_FAILED)'],
    [
      'a lost connection',
      (request) => request.socket.destroy(),
      'does not answer: other side closed (REGISTRY_FAILED)',
    ],
    [
      'garbage',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Log in to the Wi-Fi'),
      'answered to GET x with something that is not the manifest (REGISTRY_FAILED)',
    ],
    [
      'bytes of another digest',
      (_, response) => sendManifest(response, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` }),
      'answered to GET x with something that is not the manifest (REGISTRY_FAILED)',
    ],
    [
      'a page',
      (_, response) => response.writeHead(418).end('<html>'),
      'answered 418 to GET x of acme/api (REGISTRY_FAILED)',
    ],
    ['what is not HTTP', (request) => request.socket.end('SSH-2.0\r\n\r\n'), 'does not answer: '],
  ])('gets an error for %s', async (_, answer, message) => {
    const registry = await open(answer);
    await expect(registry.get('x')).rejects.toThrow(`${server?.host} ${message}`);
  });

  it('gets an error where nothing listens', async () => {
    const registry = await open(() => {});
    await server?.close();
    await expect(registry.head('x')).rejects.toThrow('does not answer: connect ECONNREFUSED');
  });

  it('gets an error for lists that are none', async () => {
    const registry = await open((_, response) => response.end('{"tags":"all"}'));
    await expect(registry.listTags()).rejects.toThrow('something that is no list');
  });

  it('gets an error for a blob that is another', async () => {
    const registry = await open((_, response) => response.end('other'));
    await expect(registry.blob(digest)).rejects.toThrow(`answered to GET ${digest} with something else`);
  });
});

/** Wants Basic for everything. */
function basicRegistry(password: string): Answer {
  return (request, response) => {
    const expected = `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;
    if (request.headers.authorization === expected) return sendManifest(response);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="registry"' });
    return response.end(refusal({ code: 'UNAUTHORIZED', message: `not ${request.headers.authorization}` }));
  };
}

/** Hands out the scope that was asked for as the token, and wants to see it. */
function tokenRegistry(scopes: readonly string[], seen: string[] = []): Answer {
  return (request: IncomingMessage, response: ServerResponse, body) => {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`);
    if (url.pathname === '/token') {
      const given = request.method === 'POST' ? new URLSearchParams(body.toString()) : url.searchParams;
      seen.push(
        `${request.method} ${request.headers.authorization ?? given.get('refresh_token')} ${given.get('service')}`,
      );
      return response.end(JSON.stringify({ access_token: given.get('scope') }));
    }
    const scope = `repository:acme/api:${request.method === 'PUT' ? 'pull,push' : 'pull'}`;
    if (request.headers.authorization === `Bearer ${scope}`)
      return scopes.includes(scope)
        ? sendManifest(response)
        : response.writeHead(403).end(refusal({ code: 'DENIED', message: 'installation not allowed' }));
    const realm = `http://${request.headers.host}/token`;
    const challenge = `Bearer realm="${realm}",service="registry",scope="${scope}"`;
    return response.writeHead(401, { 'www-authenticate': challenge }).end();
  };
}

describe('a login', () => {
  const both = ['repository:acme/api:pull', 'repository:acme/api:pull,push'];

  it('is sent once the registry asks for it', async () => {
    const registry = await open(basicRegistry('secret'));
    loginAs('me:secret');
    expect(await registry.get('x')).toMatchObject({ digest });
    await registry.get('y');
    expect(server?.requests).toHaveLength(3);
  });

  it('gets a token for each permission, without a login as well', async () => {
    const seen: string[] = [];
    const registry = await open(tokenRegistry(both, seen));
    await registry.get('x');
    await registry.head('x');
    await registry.put('x', Buffer.from(manifest), mediaTypes.ociManifest);
    expect(seen).toEqual(['GET null registry', 'GET null registry']);
  });

  it('of a user is sent to the token service', async () => {
    const seen: string[] = [];
    const registry = await open(tokenRegistry(both, seen));
    loginAs('me:secret');
    await registry.get('x');
    expect(seen).toEqual(['GET Basic bWU6c2VjcmV0 registry']);
  });

  it('with a refresh token is exchanged', async () => {
    const seen: string[] = [];
    const registry = await open(tokenRegistry(both, seen));
    login({ auths: { [server?.host ?? '']: { identitytoken: 'refresh' } } });
    await registry.get('x');
    expect(seen).toEqual(['POST refresh registry']);
  });

  it('is taken from the helper that the configuration names', async () => {
    const bin = mkdtempSync(join(tmpdir(), 'helpers-'));
    const script = '#!/bin/sh\nread server; echo "{\\"Username\\":\\"me\\",\\"Secret\\":\\"of $server\\"}"\n';
    writeFileSync(join(bin, 'docker-credential-spec'), script);
    chmodSync(join(bin, 'docker-credential-spec'), 0o755);
    process.env.PATH = `${bin}${delimiter}${originalPath}`;
    const registry = await open((request, response, body) =>
      basicRegistry(`of ${request.headers.host}`)(request, response, body),
    );
    login({ credsStore: 'spec' });
    expect(await registry.get('x')).toMatchObject({ digest });
  });

  it('is renewed where a token has run out', async () => {
    let issued = 0;
    let expired = 0;
    const registry = await open((request, response) => {
      if (request.url?.startsWith('/token')) return response.end(JSON.stringify({ token: `${++issued}` }));
      if (request.headers.authorization === `Bearer ${expired + 1}`) return sendManifest(response);
      const challenge = `Bearer realm="http://${request.headers.host}/token"`;
      return response.writeHead(401, { 'www-authenticate': challenge }).end();
    });
    await registry.get('x');
    expired = 1;
    expect(await registry.get('x')).toMatchObject({ digest });
    expect(issued).toBe(2);
  });
});

describe('the question for permission to push', () => {
  it('calls off the upload that it had to start', async () => {
    const registry = await open((_, response) =>
      response.writeHead(202, { location: '/v2/acme/api/blobs/uploads/1?state=x' }).end(),
    );
    await registry.requirePush();
    expect(server?.requests).toEqual([
      'POST /v2/acme/api/blobs/uploads/',
      'DELETE /v2/acme/api/blobs/uploads/1?state=x',
    ]);
  });

  it('is answered by an error where nothing may be pushed', async () => {
    const registry = await open((_, response) => response.writeHead(403).end());
    await expect(registry.requirePush()).rejects.toThrow(
      'gives no permission to push to acme/api (REGISTRY_DENIED)',
    );
  });
});

describe('a refusal', () => {
  it('names registry, repository and the missing permission', async () => {
    const registry = await open(tokenRegistry(['repository:acme/api:pull']));
    await registry.get('x');
    const error = await registry.put('x', Buffer.from(manifest), mediaTypes.ociManifest).catch(String);
    expect(error).toContain(
      `${server?.host} gives no permission to push to acme/api: DENIED: installation not allowed (REGISTRY_DENIED)`,
    );
    expect(error).toContain('packages: write');
  });

  it('says that nobody is logged in', async () => {
    const registry = await open(basicRegistry('secret'));
    await expect(registry.get('x')).rejects.toThrow(
      /gives no permission to pull from acme\/api: nobody is logged in \(REGISTRY_DENIED\)\n {2}Fix: run docker login 127/,
    );
  });

  it('never shows what was sent, though the registry repeats it', async () => {
    const registry = await open(basicRegistry('secret'));
    loginAs('me:wrong-password');
    const error = await registry.get('x').catch(String);
    expect(error).toContain('UNAUTHORIZED: not Basic *** (REGISTRY_DENIED)');
  });

  it('of the token service says what it said', async () => {
    const registry = await open((request, response) => {
      if (request.url?.startsWith('/token'))
        return response.writeHead(403).end(refusal({ code: 'DENIED', message: 'no such repository' }));
      const challenge = `Bearer realm="http://${request.headers.host}/token"`;
      return response.writeHead(401, { 'www-authenticate': challenge }).end();
    });
    await expect(registry.head('x')).rejects.toThrow(
      'nobody is logged in; the token service answered 403: DENIED: no such repository (REGISTRY_DENIED)',
    );
  });

  it('sends no password to a token service without TLS', async () => {
    const registry = await open((_, response) =>
      response.writeHead(401, { 'www-authenticate': 'Bearer realm="http://registry.example/token"' }).end(),
    );
    loginAs('me:secret');
    await expect(registry.head('x')).rejects.toThrow('REGISTRY_DENIED');
  });
});
