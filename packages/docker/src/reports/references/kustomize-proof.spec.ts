import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import type { PublishedRecord } from '../../core/build/published-record.js';
import type { Kustomize, KustomizeResult } from '../../host/find-kustomize.js';
import { setReferences } from './set-references.js';

const record: PublishedRecord = {
  version: 1,
  project: 'api',
  target: 'docker-build',
  image: 'ghcr.io/acme/api',
  imageRef: 'ghcr.io/acme/api:1.2.3',
  tags: ['1.2.3'],
  platforms: [],
  duration: 1,
};

const given = {
  'k8s/base/api.yml': 'image: ghcr.io/acme/api:1.0.0\n',
  'k8s/base/kustomization.yml': 'resources: [api.yml]\n',
  'k8s/prod/kustomization.yaml': 'resources: [../base]\n',
  'other/kustomization.yml': 'resources: [../k8s/base]\nimages: [{name: ghcr.io/acme/api, newTag: 1.0.0}]\n',
};

/** Sets the references with a kustomize that answers as it is told, and says where it was asked to build. */
async function set(answer: (api: string, folder: string) => KustomizeResult) {
  const root = temporaryWorkspace(given);
  const built: string[] = [];
  const kustomize: Kustomize = {
    name: 'kustomize build',
    build: async (folder) => {
      built.push(folder.slice(root.length + 1));
      return answer(readFileSync(join(root, 'k8s/base/api.yml'), 'utf8'), folder);
    },
  };
  const result = await setReferences(root, [record], { paths: ['k8s'], form: 'tag', kustomize });
  const api = readFileSync(join(root, 'k8s/base/api.yml'), 'utf8');
  const problems = result.problems.map(
    ({ severity, message, place }) => `${place?.file}: ${severity}: ${message}`,
  );
  return { built, problems, changed: result.changed, isWritten: api !== given['k8s/base/api.yml'] };
}

it('builds what takes a written file, before and after, but nothing outside of the given paths', async () => {
  expect(await set((text) => ({ text }))).toEqual({
    built: ['k8s/base', 'k8s/prod', 'k8s/base', 'k8s/prod'],
    problems: [],
    changed: ['k8s/base/api.yml'],
    isWritten: true,
  });
});

it('takes all back where the result names another version', async () => {
  const old = given['k8s/base/api.yml'];
  expect(await set((text, folder) => ({ text: folder.endsWith('prod') ? old : text }))).toMatchObject({
    problems: [
      'k8s/prod/kustomization.yaml: error: kustomize build gives ghcr.io/acme/api:1.0.0, not ghcr.io/acme/api:1.2.3',
    ],
    changed: [],
    isWritten: false,
  });
});

it('takes all back where the result could be built before and cannot be now', async () => {
  const answer = (text: string) => (text.includes('1.2.3') ? { reason: 'no such tag' } : { text });
  expect(await set(answer)).toMatchObject({ changed: [], isWritten: false });
});

it.each([
  ['could not be built before either', { reason: 'no network' }, 'cannot build this'],
  ['does not have the image', { text: 'kind: Service\n' }, 'gives no ghcr.io/acme/api at all'],
])('warns where a kustomization %s', async (_, answer, message) => {
  const { isWritten, problems } = await set(() => answer);
  expect(isWritten).toBe(true);
  expect(problems).toEqual([expect.stringContaining(message), expect.stringContaining(message)]);
});
