import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Tokens } from './tokens.js';

export interface Server {
  /** `127.0.0.1:<port>`. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves the repositories below a folder as GitHub does: git's own server behind tokens, which need `contents: read`
 * to fetch and `contents: write` to push. Nobody reads without a token: the repositories are private.
 */
export function startGitServer(folder: string, tokens: Tokens): Promise<Server> {
  return listen((request, response) => {
    const token = passwordOf(request);
    const access = token === undefined ? undefined : tokens.get(token)?.contents;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const pushes =
      url.searchParams.get('service') === 'git-receive-pack' || url.pathname.endsWith('/git-receive-pack');
    if (access === undefined) return refuse(response, { status: 401, challenge: 'Basic realm="GitHub"' });
    if (pushes && access !== 'write')
      return refuse(response, { status: 403, text: 'Permission denied: contents' });
    runBackend(folder, url, { request, response });
  });
}

/** Listens on a free port of loopback. */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The password of Basic authentication; names of users do not matter to tokens. */
export function passwordOf({ headers }: IncomingMessage): string | undefined {
  const [, encoded] = /^basic (.+)$/i.exec(headers.authorization ?? '') ?? [];
  return (
    encoded &&
    Buffer.from(encoded, 'base64')
      .toString()
      .replace(/^[^:]*:/, '')
  );
}

function refuse(
  response: ServerResponse,
  { status, challenge, text = '' }: { status: number; challenge?: string; text?: string },
): void {
  response.writeHead(status, { ...(challenge && { 'www-authenticate': challenge }) }).end(text);
}

/** https://git-scm.com/docs/git-http-backend: a CGI program. */
function runBackend(
  folder: string,
  url: URL,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): void {
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      REMOTE_USER: 'token',
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(backend.stdin);
  backend.stdin.on('error', () => undefined);
  const chunks: Buffer[] = [];
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  backend.on('close', () => {
    const output = Buffer.concat(chunks);
    const end = output.indexOf('\r\n\r\n');
    const headers = output
      .subarray(0, end)
      .toString()
      .split('\r\n')
      .map((line) => line.split(/:\s*/, 2) as [string, string]);
    const status = Number(headers.find(([name]) => name === 'Status')?.[1]?.split(' ')[0] ?? 200);
    response.writeHead(status, Object.fromEntries(headers.filter(([name]) => name !== 'Status')));
    response.end(output.subarray(end + 4));
  });
}
