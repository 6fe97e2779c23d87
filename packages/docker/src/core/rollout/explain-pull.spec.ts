import { explainPull } from './explain-pull.js';

const image = 'ghcr.io/acme/api:main-bcae089';
const containerd = (rest: string) =>
  `rpc error: code = Unknown desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${rest}`;

it.each([
  [
    'containerd',
    `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`,
    'not found',
  ],
  [
    'Docker',
    `Error response from daemon: manifest for ${image} not found: manifest unknown: manifest unknown`,
    'not found',
  ],
  [
    'CRI-O',
    `rpc error: code = Unknown desc = reading manifest main-bcae089 in ghcr.io/acme/api: manifest unknown`,
    'not found',
  ],
  [
    'a registry without the repository',
    containerd('unexpected status code [manifests x]: 404 Not Found: name unknown'),
    'not found',
  ],
  [
    'containerd',
    containerd(
      'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aacme%2Fapi%3Apull: 401 Unauthorized',
    ),
    'unauthorized',
  ],
  [
    'containerd',
    containerd(
      'unexpected status from HEAD request to https://ghcr.io/v2/acme/api/manifests/x: 403 Forbidden',
    ),
    'unauthorized',
  ],
  [
    'Docker Hub',
    containerd(
      'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    ),
    'unauthorized',
  ],
  [
    'CRI-O',
    'rpc error: code = Unknown desc = Requesting bearer token: invalid status code from registry 403 (Forbidden)',
    'unauthorized',
  ],
  [
    'Docker',
    'Error response from daemon: Get "https://1.dkr.ecr.eu-west-1.amazonaws.com/v2/api/manifests/x": no basic auth credentials',
    'unauthorized',
  ],
  [
    'Docker Hub',
    containerd(
      'unexpected status code https://registry-1.docker.io/v2/library/node/manifests/20: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit',
    ),
    'rate limit',
  ],
  [
    'containerd',
    'rpc error: code = NotFound desc = failed to pull and unpack image "x": no match for platform in manifest: not found',
    'no such platform',
  ],
  ['Docker', 'no matching manifest for linux/arm64/v8 in the manifest list entries', 'no such platform'],
  [
    'CRI-O',
    'choosing an image from manifest list docker://x: no image found in manifest list for architecture "arm64", variant "v8", OS "linux"',
    'no such platform',
  ],
  [
    'Podman',
    'no image found in image index for architecture arm64, variant "v8", OS linux',
    'no such platform',
  ],
  [
    'a name that is none',
    containerd(
      'failed to do request: Head "https://ghcr.example/v2/acme/api/manifests/x": dial tcp: lookup ghcr.example: no such host',
    ),
    'unreachable',
  ],
  [
    'a port without a server',
    containerd(
      'failed to do request: Head "https://10.0.0.1:5000/v2/": dial tcp 10.0.0.1:5000: connect: connection refused',
    ),
    'unreachable',
  ],
  [
    'a certificate',
    containerd(
      'failed to do request: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ),
    'unreachable',
  ],
  [
    'http',
    containerd('failed to do request: http: server gave HTTP response to HTTPS client'),
    'unreachable',
  ],
  [
    'a full disk',
    'failed to extract layer: write /var/lib/containerd/x: no space left on device',
    'no space',
  ],
  [
    'the name of a tag alone',
    'Back-off pulling image "ghcr.io/acme/credentials:429-unauthorized"',
    'unknown',
  ],
  ['nothing', '', 'unknown'],
])('%s: %s', (_, message, cause) => {
  expect(explainPull(message)).toMatchObject({ cause, message: expect.any(String), fix: expect.any(String) });
});
