import type { ExecutorContext } from '@nx/devkit';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import check from './check.js';

const options = { registry: 'ghcr.io/acme', kubernetes: { paths: ['k8s'] } };
const files = {
  'nx.json': JSON.stringify({ plugins: [{ plugin: '@moltbook/docker/plugin', options }] }),
  'api/project.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM scratch\nEXPOSE 80\n',
  'k8s/ok.yml': 'image: ghcr.io/acme/api:1.2.3\n',
  'k8s/port.yml': 'spec: {containers: [{image: ghcr.io/acme/api:1.2.3}]}\n',
  'k8s/broken.yml': 'image: ghcr.io/acme/api: 1\n',
};

async function run(paths?: readonly string[]) {
  const printed: string[] = [];
  const write = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => printed.push(String(text)) > 0);
  const error = jest.spyOn(console, 'error').mockImplementation((text) => printed.push(String(text)));
  try {
    const context = { root: temporaryWorkspace(files) } as ExecutorContext;
    return { ...(await check(paths ? { paths } : {}, context)), output: printed.join('') };
  } finally {
    write.mockRestore();
    error.mockRestore();
  }
}

it.each<[string[] | undefined, boolean, string]>([
  [['k8s/ok.yml'], true, '0 errors, 0 warnings in 1 reference'],
  [['k8s/port.yml'], true, 'no container of it names that under ports (ADVICE)'],
  [['k8s/ok.yml', 'k8s/port.yml'], true, '0 errors, 1 warning in 2 references'],
  [['k8s/broken.yml'], false, 'k8s/broken.yml:1:8: k8s/broken.yml cannot be parsed'],
  [undefined, false, '1 error, 1 warning in 2 references'],
  [['nowhere'], false, 'there is no file at or below "nowhere" (OPTIONS_INVALID)'],
])('of %j: %s, %s', async (paths, success, text) =>
  expect(await run(paths)).toEqual({ success, output: expect.stringContaining(text) }),
);
