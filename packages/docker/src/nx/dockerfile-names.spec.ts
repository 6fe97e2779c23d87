import { defaultImageName, dockerfileSuffix, findProjectRoot, isDockerfilePath } from './dockerfile-names.js';

describe('isDockerfilePath', () => {
  it.each([
    'Dockerfile',
    'api/Dockerfile',
    'api/dockerfile',
    'api/Dockerfile.worker',
    'api/worker.Dockerfile',
    'api/worker.dockerfile',
    'api/Containerfile',
    'api/Containerfile.gpu',
  ])('takes %s', (path) => expect(isDockerfilePath(path)).toBe(true));

  it.each([
    'api/Dockerfile.dockerignore',
    'api/worker.Dockerfile.dockerignore',
    'api/Dockerfile~',
    'api/Dockerfile.orig',
    'api/Dockerfile.md',
    'api/MyDockerfile',
    'Dockerfile/readme',
  ])('refuses %s', (path) => expect(isDockerfilePath(path)).toBe(false));
});

describe('dockerfileSuffix', () => {
  it.each([
    ['api/Dockerfile', 'api', ''],
    ['Dockerfile', '.', ''],
    ['api/Containerfile', 'api', ''],
    ['api/Dockerfile.worker', 'api', 'worker'],
    ['api/worker.Dockerfile', 'api', 'worker'],
    ['api/docker/Dockerfile', 'api', ''],
    ['api/docker/Dockerfile.worker', 'api', 'worker'],
    ['api/worker/Dockerfile', 'api', 'worker'],
    ['api/worker/Dockerfile.GPU', 'api', 'worker-gpu'],
    ['api/Dockerfile.my image', 'api', 'my-image'],
    ['images/base/Dockerfile', '.', 'images-base'],
  ])('%s of project %s is %j', (path, root, suffix) => expect(dockerfileSuffix(path, root)).toBe(suffix));
});

describe('findProjectRoot', () => {
  const roots = new Set(['api', 'api/tools', '.']);

  it.each([
    ['api/Dockerfile', 'api'],
    ['api/docker/Dockerfile', 'api'],
    ['api/tools/x/Dockerfile', 'api/tools'],
    ['other/Dockerfile', '.'],
    ['Dockerfile', '.'],
  ])('%s belongs to %s', (path, root) => {
    expect(findProjectRoot(path, (folder) => roots.has(folder))).toBe(root);
  });

  it('finds none where no folder is a project', () => {
    expect(findProjectRoot('a/Dockerfile', () => false)).toBeUndefined();
  });
});

describe('defaultImageName', () => {
  it.each([
    ['api', '', 'api'],
    ['@moltbook/api', '', 'api'],
    ['My App', 'worker', 'my-app-worker'],
    ['apps/web', '', 'apps-web'],
    ['__x__', '', 'x'],
    ['日本', '', 'image'],
  ])('%s with suffix %j gives %s', (project, suffix, name) => {
    expect(defaultImageName(project, suffix)).toBe(name);
  });
});
