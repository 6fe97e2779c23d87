import { DockerPluginError } from '../core/errors.js';
import {
  checkPluginOptions,
  type DockerPluginOptions,
  imageOptionsOf,
  requirePluginOptions,
} from './plugin-options.js';

const full: DockerPluginOptions = {
  targetName: 'image',
  registry: 'ghcr.io/acme',
  strict: true,
  buildArgs: { HTTP_PROXY: null, MODE: 'x' },
  platforms: ['linux/amd64'],
  secrets: [{ id: 'npmrc', src: '~/.npmrc', optional: true }],
  images: { 'api/Dockerfile': { imageName: 'moltbook-api', buildContext: '.', targetStage: 'prod' } },
  ci: { cache: 'gha', registryLogin: { username: 'REGISTRY_USER', password: 'REGISTRY_PASSWORD' } },
  publish: { tags: ['type=sha'] },
  kubernetes: { paths: ['k8s'], form: 'digest' },
};

describe('checkPluginOptions', () => {
  it.each([undefined, null, {}, full])('takes %j', (given) => {
    expect(checkPluginOptions(given)).toEqual({ options: given ?? {}, problems: [] });
  });

  it.each([
    [[], 'must be an object'],
    ['x', 'must be an object'],
    [{ registy: 'x' }, 'one of'],
    [{ constructor: 'x' }, 'one of'],
    [{ registry: 1 }, 'a text'],
    [{ registry: '' }, 'a text'],
    [{ platforms: 'linux/amd64' }, 'a list'],
    [{ platforms: [1] }, 'each entry is a text'],
    [{ buildArgs: { A: 1 } }, '"A" is a string or null'],
    [{ secrets: [{ id: 'a' }] }, 'either src or env'],
    [{ secrets: [{ id: 'a', src: 'x', env: 'y' }] }, 'either src or env'],
    [{ strict: 'yes' }, 'true or false'],
    [{ images: { 'api/Dockerfile': { contxt: '.' } } }, 'not "contxt"'],
    [{ images: { 'api/Dockerfile': { buildContext: 1 } } }, 'buildContext is a text'],
    [{ ci: { provider: 'jenkins' } }, 'provider is one of github, gitlab'],
    [{ ci: { branch: 'main\nfoo: bar' } }, 'branch is a text of one line'],
    [{ ci: { maxJobs: 257 } }, 'maxJobs is a whole number from 1 to 256'],
    [{ ci: { schedule: 'daily' } }, 'schedule is a cron line'],
    [{ ci: { registryLogin: { username: 'me', password: 'p@ss' } } }, 'names of a variable and of a secret'],
    [{ ci: { pins: { 'actions/checkout': 'v4' } } }, 'a commit with its version'],
    [{ ci: { pins: { 'a/b': '0e58ed8671d6b60d0890c21b07f8835ace038e67 # v45.0.0' } } }, 'steals secrets'],
    [{ publish: { tag: [] } }, 'not "tag"'],
    [{ kubernetes: { form: 'name' } }, 'form is one of tag, digest, both'],
  ])('refuses %j', (given, text) => {
    const { problems } = checkPluginOptions(given);
    expect(problems.map(({ message }) => message).join()).toContain(text);
  });

  it('keeps the right options beside a wrong one', () => {
    expect(checkPluginOptions({ ...full, strict: 1 }).options).toEqual({ ...full, strict: undefined });
  });
});

it('requirePluginOptions throws what checkPluginOptions reports', () => {
  expect(requirePluginOptions(full)).toEqual(full);
  expect(() => requirePluginOptions({ registry: 1 })).toThrow(DockerPluginError);
});

describe('imageOptionsOf', () => {
  it('puts an image entry on top of the defaults', () => {
    expect(
      imageOptionsOf({ ...full, images: { 'a/Dockerfile': { buildArgs: { MODE: 'y' } } } }, 'a/Dockerfile'),
    ).toEqual({
      strict: true,
      platforms: ['linux/amd64'],
      secrets: full.secrets,
      buildArgs: { HTTP_PROXY: null, MODE: 'y' },
    });
  });

  it('gives the defaults where an image has no entry', () => {
    expect(imageOptionsOf({ registry: 'x' }, 'a/Dockerfile')).toEqual({ buildArgs: {} });
  });
});
