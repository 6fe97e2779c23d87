import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiObject, type ApiResource, apiResources } from './api-object.js';
import { strategicMerge } from './strategic-merge.js';

/** An API server on loopback that keeps objects in memory. It has no controllers: a test plays them. */
export interface KubernetesApi {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** `METHOD /path` of each request but those that ask what the API has. */
  readonly requests: string[];
  /** Adds objects, or replaces those with the same names, and tells who watches. */
  set(...objects: readonly ApiObject[]): void;
  /** Called with an object that a client has changed. */
  onPatch: (object: ApiObject) => void;
  close(): Promise<void>;
}

interface Watcher {
  readonly resource: ApiResource;
  readonly filter: (object: ApiObject) => boolean;
  readonly response: ServerResponse;
}

export async function startKubernetesApi(): Promise<KubernetesApi> {
  const objects = new Map<string, ApiObject>();
  const watchers = new Set<Watcher>();
  let version = 1;

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => answer(request, response, Buffer.concat(parts).toString('utf8')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const api: KubernetesApi = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    set: (...added) => added.forEach(store),
    onPatch: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return api;

  function store(object: ApiObject): void {
    version++;
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
    objects.set(keyOf(object), stored);
    for (const { resource, filter, response } of watchers)
      if (resource.kind === object.kind && filter(stored)) sendEvent(response, stored);
  }

  function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    const { pathname, searchParams } = new URL(request.url ?? '', api.url);
    const known = discovery(pathname);
    if (!known) api.requests.push(`${request.method} ${pathname}`);
    const [, group = '', namespace = '', plural = '', name] =
      /^\/apis?\/((?:apps\/)?v1)\/namespaces\/([^/]+)\/([^/]+)(?:\/([^/]+))?$/.exec(pathname) ?? [];
    const resource = apiResources.find((each) => each.group === group && each.name === plural);
    const filter = filterOf(namespace, searchParams);
    const object = objects.get(`${resource?.kind}/${namespace}/${name}`);
    if (known) send(response, known);
    else if (resource && name === undefined && searchParams.get('watch'))
      watch({ resource, filter, response });
    else if (resource && name === undefined) send(response, list(resource, filter));
    else if (object && request.method === 'PATCH') send(response, patch(object, body));
    else if (object) send(response, object);
    else send(response, notFound(pathname), 404);
  }

  function patch(object: ApiObject, body: string): ApiObject {
    const merged = strategicMerge(object, JSON.parse(body)) as ApiObject;
    const generation = (object.metadata.generation ?? 1) + 1;
    const patched = { ...merged, metadata: { ...merged.metadata, generation } };
    store(patched);
    api.onPatch(patched);
    return patched;
  }

  function list(resource: ApiResource, filter: Watcher['filter']): object {
    const items = [...objects.values()].filter((object) => object.kind === resource.kind && filter(object));
    const metadata = { resourceVersion: String(version) };
    return { apiVersion: resource.group, kind: `${resource.kind}List`, metadata, items };
  }

  function watch(watcher: Watcher): void {
    watchers.add(watcher);
    watcher.response.on('close', () => watchers.delete(watcher));
    watcher.response.writeHead(200, { 'content-type': 'application/json' });
    watcher.response.flushHeaders();
  }
}

function keyOf({ kind, metadata }: ApiObject): string {
  return `${kind}/${metadata.namespace}/${metadata.name}`;
}

/** Selectors that compare for equality are all that kubectl sends here. */
function filterOf(namespace: string, query: URLSearchParams): (object: ApiObject) => boolean {
  const labels = (query.get('labelSelector') ?? '').split(',').filter(Boolean);
  const [, name] = /metadata\.name=([^,]+)/.exec(query.get('fieldSelector') ?? '') ?? [];
  return ({ metadata }) =>
    metadata.namespace === namespace &&
    (name === undefined || metadata.name === name) &&
    labels.every((label) => {
      const [key = '', value] = label.split('=');
      return metadata.labels?.[key] === value;
    });
}

function discovery(path: string): object | undefined {
  if (path === '/version') return { major: '1', minor: '32', gitVersion: 'v1.32.0' };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  const version = { groupVersion: 'apps/v1', version: 'v1' };
  const groups = [{ name: 'apps', versions: [version], preferredVersion: version }];
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups };
  const [, group] = /^\/apis?\/((?:apps\/)?v1)$/.exec(path) ?? [];
  if (group === undefined) return undefined;
  const verbs = ['get', 'list', 'watch', 'patch'];
  const resources = apiResources
    .filter((resource) => resource.group === group)
    .map(({ name, kind }) => ({ name, kind, singularName: kind.toLowerCase(), namespaced: true, verbs }));
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: group, resources };
}

function notFound(path: string): object {
  const failure = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 };
  return { ...failure, message: `${path.split('/').slice(-2).join(' ')} not found` };
}

function send(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendEvent(response: ServerResponse, object: ApiObject): void {
  response.write(`${JSON.stringify({ type: 'MODIFIED', object })}\n`);
}
