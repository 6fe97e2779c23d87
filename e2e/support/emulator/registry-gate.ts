import { randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen, passwordOf, type Server } from './git-server.js';
import type { Tokens } from './tokens.js';

interface Grant {
  readonly pull: boolean;
  readonly push: boolean;
}

/**
 * A registry in front of another one that asks for tokens as GitHub's does: a challenge, a service that gives a bearer
 * for a job's token, and then pulls only with `packages: read` and pushes only with `packages: write`.
 *
 * @see https://distribution.github.io/distribution/spec/auth/token/
 */
export function startRegistryGate(registry: string, tokens: Tokens): Promise<Server> {
  const bearers = new Map<string, Grant>();
  return listen((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/token') return giveBearer(request, response, { bearers, tokens });
    const [, bearer] = /^bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const grant = bearer === undefined ? undefined : bearers.get(bearer);
    if (!grant) return challenge(request, response, url);
    const writes = !['GET', 'HEAD'].includes(request.method ?? '');
    if (url.pathname !== '/v2/' && !(writes ? grant.push : grant.pull))
      return answer(response, { status: 403, body: denied(writes) });
    forward(registry, request, response);
  });
}

/** Nothing but GET: clients fall back to it from OAuth's POST. */
function giveBearer(
  request: IncomingMessage,
  response: ServerResponse,
  { bearers, tokens }: { bearers: Map<string, Grant>; tokens: Tokens },
): void {
  const password = passwordOf(request);
  const permissions = password === undefined ? {} : tokens.get(password);
  if (request.method !== 'GET' || !permissions) {
    const isGet = request.method === 'GET';
    answer(response, { status: isGet ? 401 : 404, body: error('UNAUTHORIZED', 'bad credentials') });
    return;
  }
  const bearer = randomBytes(18).toString('hex');
  const { packages } = permissions;
  bearers.set(bearer, { pull: packages !== undefined, push: packages === 'write' });
  answer(response, { status: 200, body: { token: bearer, expires_in: 3600 } });
}

function challenge({ method, headers }: IncomingMessage, response: ServerResponse, { pathname }: URL): void {
  const [, name] = /^\/v2\/(.+)\/(?:manifests|blobs|tags)\//.exec(pathname) ?? [];
  const scope =
    name && `,scope="repository:${name}:${['GET', 'HEAD'].includes(method ?? '') ? 'pull' : 'pull,push'}"`;
  answer(response, {
    status: 401,
    body: error('UNAUTHORIZED', 'authentication required'),
    headers: {
      'www-authenticate': `Bearer realm="http://${headers.host}/token",service="registry"${scope ?? ''}`,
    },
  });
}

function denied(writes: boolean) {
  return error('DENIED', `installation not allowed to ${writes ? 'Write' : 'Read'} organization package`);
}

function error(code: string, message: string) {
  return { errors: [{ code, message }] };
}

function answer(
  response: ServerResponse,
  { status, body, headers }: { status: number; body: object; headers?: Record<string, string> },
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'docker-distribution-api-version': 'registry/2.0',
    ...headers,
  });
  response.end(text);
}

/** The host stays the gate's, so that the registry's own addresses lead through it again. */
function forward(registry: string, request: IncomingMessage, response: ServerResponse): void {
  const [hostname, port] = registry.split(':');
  const { authorization: _, ...headers } = request.headers;
  const { method, url: path } = request;
  const out = httpRequest({ hostname, port, method, path, headers }, (incoming) => {
    response.writeHead(incoming.statusCode ?? 502, incoming.headers);
    incoming.pipe(response);
  });
  out.on('error', () => response.destroy());
  request.pipe(out);
}
