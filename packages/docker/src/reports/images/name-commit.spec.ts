import { git, temporaryRepository } from '../../../testing/temporary-repository.js';
import { nameCommit } from './name-commit.js';

const original = process.env;
beforeEach(() => {
  process.env = { PATH: original.PATH, HOME: original.HOME };
});
afterAll(() => {
  process.env = original;
});

function repository(publish?: object): string {
  const options = { registry: 'localhost:5000/acme', ...(publish && { publish }) };
  return temporaryRepository({
    'nx.json': JSON.stringify({ plugins: [{ plugin: '@moltbook/docker', options }] }),
    'api/project.json': '{"name":"api"}',
    'api/Dockerfile': 'FROM scratch\n',
    'web/project.json': '{"name":"web"}',
    'web/Dockerfile': 'FROM scratch\n',
  });
}

const now = new Date('2026-04-05T06:07:08Z');

it('gives all images the names of the branch that is checked out', async () => {
  const root = repository();
  const commit = git(root, 'rev-parse', 'HEAD');
  const named = await nameCommit([], { root, now });
  expect(named).toMatchObject({ commit, ref: 'refs/heads/main', problems: [] });
  expect(named.images.map(({ id, image, tags }) => [id, image, tags])).toEqual([
    ['api:docker-build', 'localhost:5000/acme/api', [`main-${commit.slice(0, 7)}`, 'main', 'latest']],
    ['web:docker-build', 'localhost:5000/acme/web', [`main-${commit.slice(0, 7)}`, 'main', 'latest']],
  ]);
});

it('takes the rules of the workspace, the event of the CI and the clock', async () => {
  const root = repository({
    tags: ['type=ref,event=tag', "type=raw,value={{date 'YYYY'}}"],
    labels: ['a=b'],
    annotations: ['index:c=d'],
  });
  Object.assign(process.env, { GITHUB_ACTIONS: 'true', GITHUB_REF: 'refs/tags/v1.2.3' });
  const { images } = await nameCommit(['api'], { root, now });
  expect(images).toMatchObject([{ id: 'api:docker-build', tags: ['v1.2.3', '2026', 'latest'] }]);
  expect(images[0]?.labels).toContain('a=b');
  expect(images[0]?.annotations).toContain('index:c=d');
});

it('tells once what is wrong with a rule', async () => {
  const { problems } = await nameCommit([], { root: repository({ tags: ['type=branch'] }), now });
  expect(problems).toMatchObject([{ code: 'TAG_RULE_INVALID' }]);
});

it('knows no project without an image', async () => {
  await expect(nameCommit(['apy'], { root: repository(), now })).rejects.toThrow('NAME_UNKNOWN');
});
