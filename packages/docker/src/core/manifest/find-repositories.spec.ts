import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findImages } from './find-images.js';
import { searchRepositories } from './find-repositories.js';

const api = 'ghcr.io/acme/api';

describe('a repository is found', () => {
  it.each([
    [api, `image: ${api}`],
    [api, `image: "${api}:1.2.3@sha256:ab" # why`],
    [api, `{"image":"${api}"}`],
    [api, '{"image":"ghcr.io\\/acme\\/api:1"}'],
    [api, `newName: ${api}\r\n`],
    [api, `- backend=${api}:1`],
    [api, `images: [${api}, x]`],
    [api, `url: oci://${api}`],
    [api, `see ${api}. It is`],
    [api, 'registry: ghcr.io\nrepository: acme/api\n'],
    [api, 'registry: ghcr.io/acme\nrepository: api\n'],
    [api, 'image: {registry: "ghcr.io/acme", repository: "api"}'],
    [api, 'repository: acme/api # the registry is in another file'],
    [api, 'image: {{ .Values.registry }}/acme/api:{{ .Values.tag }}'],
    [api, 'image: $(REGISTRY)/api'],
    [api, 'image: $REGISTRY/acme/api'],
    ['api', 'image: api'],
    ['api', 'image: api:1'],
    ['api', 'image: docker.io/library/api'],
    ['api', 'image: index.docker.io/library/api'],
    ['api', 'image: library/api'],
    ['docker.io/acme/api', 'image: acme/api:1'],
    ['acme/api', 'image: docker.io/acme/api'],
    ['acme/api', 'registry: docker.io/acme\nrepository: api'],
    ['acme/api', 'registry: acme\nrepository: api'],
    ['localhost:5000/api', 'image: localhost:5000/api:1'],
    ['localhost:5000/api', 'registry: localhost:5000\nrepository: api'],
    ['ghcr.io/acme/a.b__c--d', 'image: ghcr.io/acme/a.b__c--d:1'],
  ])('%s in %j', (repository, text) => expect(searchRepositories([repository])(text)).toEqual([repository]));
});

describe('another name is not', () => {
  it.each([
    [api, `image: ${api}-worker`],
    [api, `image: ${api}.v2`],
    [api, `image: ${api}/worker`],
    [api, `image: ${api}_1`],
    [api, 'image: ghcr.io/acme/my-api'],
    [api, 'image: ghcr.io/other/acme/api'],
    [api, 'image: other.io/acme/api'],
    [api, `image: mirror.io/${api}`],
    [api, `image: my.${api}`],
    [api, 'registry: other.io\nrepository: api'],
    [api, 'image: ghcr.io/acme/web\nname: api'],
    ['api', 'image: acme/api'],
    ['api', 'image: ghcr.io/api'],
    ['api', 'api: {replicas: 2}'],
    ['api', 'apiVersion: v1'],
    ['localhost:5000/api', 'image: localhost/api'],
  ])('%s in %j', (repository, text) => expect(searchRepositories([repository])(text)).toEqual([]));
});

it('finds each of many once, and leaves out what is no repository', () => {
  const search = searchRepositories([api, `${api}-worker`, 'other.io/acme/api', 'No Image', api]);
  expect(search(`image: ${api}-worker\nimage: ${api}:1\nimage: ${api}:2`)).toEqual([`${api}-worker`, api]);
});

it('misses nothing that a parser finds', () => {
  const fixtures = join(__dirname, '../../../fixtures/manifests');
  const paths = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).map((path) =>
    join(fixtures, path),
  );
  const missed = paths
    .filter((path) => statSync(path).isFile())
    .map((path) => {
      const text = readFileSync(path, 'utf8');
      const parsed = findImages(text, { file: path }).fields.flatMap(({ repository }) => repository || []);
      const found = searchRepositories(parsed)(text);
      return { path, parsed: parsed.length, missed: parsed.filter((each) => !found.includes(each)) };
    });
  expect(missed.filter((each) => each.missed.length > 0)).toEqual([]);
  expect(missed.reduce((sum, each) => sum + each.parsed, 0)).toBeGreaterThan(50);
});
