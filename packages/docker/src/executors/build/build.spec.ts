import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executorContext } from '../../../testing/executor-context.js';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import build from './build.js';

const originalPath = process.env.PATH;
afterEach(() => {
  process.env.PATH = originalPath;
  jest.restoreAllMocks();
});

/** A docker that answers for a builder and a store; nothing is built. */
function docker({ driver = 'docker', store = '' }: { driver?: string; store?: string } = {}): string {
  return `case "$1 $2" in
    "version "*) echo 28.5.2;;
    "buildx version") echo "github.com/docker/buildx 0.29.1 abc";;
    "buildx inspect") printf 'Name: x\\nDriver: ${driver}\\n';;
    "info "*) echo '[["driver-type","${store}"]]';;
    *) exit 1;;
  esac`;
}

/** What the executor prints with --print, without the folder of the stand-in and the label that all images have. */
async function print(script: string | undefined, options: Partial<BuildExecutorOptions> = {}) {
  const root = temporaryWorkspace({
    'api/project.json': '{"name":"api"}',
    'api/Dockerfile': 'FROM scratch\nCOPY project.json /\n',
  });
  const bin = mkdtempSync(join(tmpdir(), 'build-spec-'));
  if (script !== undefined) {
    writeFileSync(join(bin, 'docker'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, 'docker'), 0o755);
  }
  process.env.PATH = bin;
  jest.restoreAllMocks();
  const log = jest.spyOn(console, 'log').mockReturnValue();
  const warn = jest.spyOn(console, 'warn').mockReturnValue();
  const error = jest.spyOn(console, 'error').mockReturnValue();
  const given = { dockerfile: 'api/Dockerfile', buildContext: 'api', image: 'ghcr.io/acme/api', print: true };
  const { success } = await build({ ...given, ...options }, executorContext(root));
  const texts = [log, warn, error].map(({ mock }) =>
    mock.calls.map(String).join('\n').replaceAll(`${bin}/`, ''),
  );
  const [all = '', warnings = '', errors = ''] = texts;
  const labels = / --label io\.moltbook\.docker\.inputs=sha256:[0-9a-f]{64}(?= )/g;
  expect(all.match(labels)?.length ?? 0).toBe(success ? 1 : 0);
  return { success, out: all.replace(labels, ''), warnings, errors };
}

describe('--print', () => {
  it('shows the command for Docker with buildx where no engine answers, and says so', async () => {
    const { success, out, warnings } = await print(undefined);
    expect([success, out]).toEqual([
      true,
      'docker buildx build --file api/Dockerfile --tag ghcr.io/acme/api:local --load -- api',
    ]);
    expect(warnings).toBe('No engine answers here; this is the command for Docker with buildx.');
  });

  it('shows a push by digest with a builder that can', async () => {
    const { out } = await print(docker({ driver: 'docker-container' }), { push: true });
    expect(out).toBe(
      'docker buildx build --file api/Dockerfile --output type=image,name=ghcr.io/acme/api,push-by-digest=true,name-canonical=true,push=true -- api',
    );
  });

  it('shows a push by a tag of the inputs with Docker itself', async () => {
    const { out } = await print(docker(), { push: true });
    expect(out).toMatch(/ --tag ghcr\.io\/acme\/api:build-[0-9a-f]{32} --push -- api$/);
  });

  it('shows a push by name where there is one', async () => {
    const { out } = await print(docker(), { push: true, tags: ['1', '1.2'] });
    expect(out).toContain(' --tag ghcr.io/acme/api:1 --tag ghcr.io/acme/api:1.2 --push ');
  });

  it('shows the second command of an engine that pushes by itself', async () => {
    const script = 'case $1 in version) echo 20.10.24;; *) exit 1;; esac';
    const { out } = await print(script, { push: true, tags: ['1'] });
    expect(out.split('\n')[1]).toBe('docker push ghcr.io/acme/api:1');
  });

  it('leaves out what the store cannot do, and says so', async () => {
    const options = { cacheTo: 'type=gha', cacheFrom: ['type=gha'], provenance: 'min' } as const;
    const classic = await print(docker(), options);
    expect(classic.out).toMatch(/ --cache-from type=gha --load -- api$/);
    expect(classic.warnings.split('\n')).toHaveLength(2);
    const containerd = await print(docker({ store: 'io.containerd.snapshotter.v1' }), options);
    expect(containerd.out).toContain(
      ' --cache-from type=gha --cache-to type=gha --provenance mode=min --load ',
    );
    expect(containerd.warnings).toBe('');
  });
});

it('takes labels, one or several', async () => {
  expect((await print(docker(), { labels: 'a=b=c' })).out).toContain(' --label a=b=c ');
  expect((await print(docker(), { labels: ['a=x, y', 'b='] })).out).toContain(
    " --label 'a=x, y' --label b= ",
  );
});

it('refuses a label without a value', async () => {
  const { success, errors } = await print(docker(), { labels: 'revision' });
  expect(success).toBe(false);
  expect(errors).toContain('the label "revision" is not of the form name=value (OPTIONS_INVALID)');
});
