import { join } from 'node:path';
import { nxInstallation } from '../nx-versions.js';
import type { Files } from '../workspace.js';
import { createDeveloper, type Developer } from './developer.js';
import { type Github, startGithub } from './github.js';
import { sampleWorkflow } from './sample-workflow.js';

/** A repository with images that are published, the person who works on it, and its GitHub. */
export interface Shop {
  readonly github: Github;
  readonly developer: Developer;
  /** What the first commit holds. */
  readonly files: Files;
}

/** Images of the shop: `app` starts from `base`; `base` and `alone` read a shared file. */
export const shopImages = ['alone', 'app', 'base'] as const;

/**
 * Starts a GitHub for a workspace of three images and their manifests, with the packed plugin. Nothing is pushed yet.
 *
 * @param owner The first part of the images' names, so that tests do not share them.
 */
export async function openShop(owner: string, workflow: string = sampleWorkflow()): Promise<Shop> {
  const registry = process.env.MOLTBOOK_REGISTRY;
  if (!registry) throw new Error('these tests need a registry: MOLTBOOK_REGISTRY');
  const nodeModules = join(await nxInstallation(23), 'node_modules');
  const github = await startGithub({ repository: `${owner}/shop`, registry, nodeModules });
  const files = shopFiles(`${github.registry}/${owner}`, workflow);
  return { github, developer: createDeveloper(github), files };
}

function shopFiles(registry: string, workflow: string): Files {
  const plugin = {
    registry,
    ci: { cache: 'none', attest: true },
    kubernetes: { paths: ['k8s/**'] },
  };
  return {
    '.github/workflows/docker.yml': workflow,
    '.gitignore': 'node_modules\n.nx\ndist\n',
    'package.json': JSON.stringify({ name: 'shop', version: '0.0.0', private: true }),
    'package-lock.json': JSON.stringify({
      name: 'shop',
      version: '0.0.0',
      lockfileVersion: 3,
      packages: { '': { name: 'shop', version: '0.0.0' } },
    }),
    'nx.json': JSON.stringify({
      analytics: false,
      plugins: [{ plugin: '@moltbook/docker/plugin', options: plugin }],
    }),
    'shared/license': 'license 1',
    'base/project.json': '{"name":"base"}',
    'base/Dockerfile': 'FROM scratch\nCOPY base/version /version\nCOPY shared/license /license\n',
    'base/version': '1',
    'app/project.json': '{"name":"app"}',
    'app/Dockerfile': `FROM ${registry}/base\nCOPY app /app\n`,
    'app/app': 'app 1',
    'alone/project.json': '{"name":"alone"}',
    'alone/Dockerfile': 'FROM scratch\nCOPY alone/alone /alone\nCOPY shared/license /license\n',
    'alone/alone': 'alone 1',
    'k8s/app.yml': manifest('app', `${registry}/app`),
    'k8s/alone.yml': manifest('alone', `${registry}/alone`),
  };
}

function manifest(name: string, image: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  template:
    spec:
      containers:
        - name: ${name}
          image: ${image}:none # set by CI
`;
}
