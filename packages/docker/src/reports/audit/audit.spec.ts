import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { git, temporaryRepository } from '../../../testing/temporary-repository.js';
import { type Audit, auditWorkspace, findRepository, openRepository } from './audit.js';

type Files = Readonly<Record<string, string>>;

/** Audits a repository without Nx, unless its files have an nx.json. */
async function audit(files: Files): Promise<Audit> {
  const root = temporaryRepository(files);
  if (!('nx.json' in files)) rmSync(join(root, 'nx.json'));
  const repository = await findRepository(root);
  return auditWorkspace(await openRepository(repository), repository.facts);
}

/** Findings as `rule line: message`. */
function found({ findings }: Audit, ...rules: string[]): string[] {
  return findings
    .filter(({ rule }) => rules.length === 0 || rules.includes(rule))
    .map(({ rule, place, message }) => `${rule} ${place.line}: ${message}`);
}

const shop: Files = {
  'package.json': '{"name":"shop","workspaces":["libs/*"]}',
  'package-lock.json': '{}',
  'libs/money/index.js': '',
  'libs/money/README.md': '',
  'api/Dockerfile':
    'FROM node:22 AS deps\nWORKDIR /app\nCOPY package*.json ./\nCOPY libs/money libs/money\nFROM deps\nCOPY api/src src\n',
  'api/src/main.js': '',
  'api/README.md': '',
  'web/Dockerfile': 'FROM nginx\nCOPY . /usr/share/nginx/html\n',
  'web/.dockerignore': '*.md\n',
  'web/index.html': '',
  'web/NOTES.md': '',
  'deploy/kustomization.yml':
    'images:\n  - name: ghcr.io/acme/api\n    newTag: main-0000000\n  - name: ghcr.io/acme/web\n    newTag: main-0000000\n',
};

const delivery = `name: delivery
on:
  push:
    branches: [main]
    tags: ['v*']
    paths:
      - 'api/**'
      - 'web/**'
      - 'deploy/old/**' # moved
      - .github/workflows/delivery.yml
  pull_request:
    paths:
      - 'api/**'
      - 'web/**'
jobs:
  image:
    runs-on: ubuntu-24.04
    strategy:
      matrix:
        include:
          - name: api
            context: .
            file: api/Dockerfile
          - name: web
            context: ./web
            file: web/Dockerfile
    steps:
      - uses: actions/checkout@v4
      - id: meta
        uses: docker/metadata-action@v5
        with:
          images: ghcr.io/acme/\${{ matrix.name }}
          tags: |
            type=sha,prefix={{branch}}-
            type=semver,pattern={{version}}
      - uses: docker/build-push-action@v6
        with:
          context: \${{ matrix.context }}
          file: \${{ matrix.file }}
          tags: \${{ steps.meta.outputs.tags }}
          cache-from: type=gha
          cache-to: type=gha,mode=max
  manifests:
    needs: image
    if: github.ref == 'refs/heads/main'
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - name: Write the tag
        run: |
          TAG=$(git rev-parse --short HEAD)
          sed -i "s/newTag: .*/newTag: $TAG/" deploy/kustomization.yml
          git commit -am "Deploy $TAG" && git push
`;

describe('a workflow of two images in a repository without Nx', () => {
  const shopAudit = audit({ ...shop, '.github/workflows/delivery.yml': delivery });

  it('links each row of the matrix to its image', async () => {
    const { report } = await shopAudit;
    expect(report.workflows[0]?.builds).toMatchObject([
      {
        dockerfile: 'api/Dockerfile',
        context: '.',
        row: 'name=api, context=., file=api/Dockerfile',
        inputs: 6,
        missed: 4,
      },
      { dockerfile: 'web/Dockerfile', context: 'web', repository: 'ghcr.io/acme/web', inputs: 3, missed: 0 },
    ]);
  });

  it('names the inputs that nothing covers, with the lines that read them', async () => {
    const missed = (await shopAudit).findings.filter(({ rule }) => rule === 'input-missed');
    expect(missed.map(({ place, severity }) => [place.line, severity])).toEqual([
      [6, 'error'],
      [12, 'error'],
    ]);
    expect(missed[0]?.files).toEqual([
      { path: 'libs/money/README.md', because: ['api/Dockerfile:4 COPY libs/money'] },
      { path: 'libs/money/index.js', because: ['api/Dockerfile:4 COPY libs/money'] },
      { path: 'package-lock.json', because: ['api/Dockerfile:3 COPY package*.json'] },
      { path: 'package.json', because: ['api/Dockerfile:3 COPY package*.json'] },
    ]);
    expect(missed[0]?.patterns).toEqual(['libs/money/**', 'package*.json']);
  });

  it('finds all else that is wrong with it', async () => {
    const short = '<short commit>';
    expect(found(await shopAudit).filter((text) => !text.startsWith('input-missed'))).toEqual([
      `bump-unpushed 52: it writes the tag ${short}, and the images are pushed as main-${short}`,
      expect.stringContaining('pattern-dead 9: deploy/old/** in paths of on.push matches no file'),
      expect.stringContaining('check-deadlock 12: if image or manifests is a required check'),
      expect.stringContaining(
        'tag-invalid 34: for a git tag and a pull request, type=sha,prefix={{branch}}- gives a tag',
      ),
      "cache-shared 42: shop:docker-build-api, shop:docker-build-web write the scope buildkit of GitHub's cache, of which only the last one is kept",
      expect.stringContaining('bump-all 52: '),
      expect.stringContaining(
        'pattern-wide 7: of 3 files that api/** in paths of on.push matches, no image reads 1, such as api/README.md',
      ),
      expect.stringContaining('pattern-wide 8: '),
      expect.stringContaining('pattern-wide 13: '),
      expect.stringContaining('pattern-wide 14: '),
    ]);
  });
});

const oneImage = {
  'api/Dockerfile': 'FROM scratch\nCOPY src /src\nCOPY go.mod /\n',
  'api/src/a/b.go': '',
  'api/go.mod': '',
  'docs/a.md': '',
};

function filtered(paths: string, more = ''): Files {
  return {
    ...oneImage,
    '.github/workflows/api.yml': `on:\n  push:\n    ${paths}\njobs:\n  api:\n    steps:\n      - uses: docker/build-push-action@v6\n        with: {context: api}\n${more}`,
  };
}

it.each<[string, string, string[]]>([
  ['a complete filter', 'paths: [api/**]', []],
  [
    'a shallow pattern',
    'paths: [api/*]',
    [
      'input-missed 3: paths of on.push does not cover a build input of api:docker-build: api/src/a/b.go (api/Dockerfile:2 COPY src)',
    ],
  ],
  [
    'a bare folder',
    'paths: [api/]',
    ['input-missed 3: ', 'pattern-dead 3: api/ in paths of on.push matches no file'],
  ],
  [
    'a later exclusion',
    'paths: [api/**, "!**/*.mod"]',
    ['input-missed 3: paths of on.push does not cover a build input of api:docker-build: api/go.mod'],
  ],
  [
    'an exclusion that comes first',
    'paths: ["!api/src/**", api/**]',
    ['pattern-order 3: !api/src/** in paths of on.push excludes nothing'],
  ],
  [
    'an exclusion that is undone',
    'paths: [api/**, "!api/src/**", api/src/**]',
    ['pattern-order 3: !api/src/** in paths of on.push has no effect: api/src/** behind it undoes it'],
  ],
  [
    'only exclusions',
    'paths: ["!docs/**"]',
    ['input-missed 3: ', 'filter-invalid 3: paths of on.push only has patterns with !'],
  ],
  [
    'a malformed pattern',
    'paths: [api/**, "[a"]',
    ['filter-invalid 3: the pattern "[a" is malformed: there is no ] for this ['],
  ],
  [
    'two kinds',
    'paths: [api/**]\n    paths-ignore: [docs/**]',
    ['filter-invalid 4: paths and paths-ignore cannot be given'],
  ],
  [
    'an ignored input',
    'paths-ignore: ["**.mod"]',
    ['input-missed 3: paths-ignore of on.push ignores a build input of api:docker-build: api/go.mod'],
  ],
  [
    'what no image reads',
    'paths: [api/**, docs/**]',
    ['pattern-superfluous 3: docs/** in paths of on.push matches 1 file that no image reads'],
  ],
  ['no filter', 'branches: [main]', []],
])('judges %s', async (_, paths, expected) => {
  const findings = found(await audit(filtered(paths)));
  expect(findings).toEqual(expected.map((text) => expect.stringContaining(text)));
});

it('calls what no image reads a note where other jobs may', async () => {
  const { findings } = await audit(
    filtered('paths: [api/**, docs/**]', '  lint: {steps: [{run: npx lint docs}]}\n'),
  );
  expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['pattern-superfluous', 'note']]);
});

it('judges the filters of dorny/paths-filter', async () => {
  const workflow = `on: {push: {branches: [main]}}
jobs:
  changes:
    outputs: {api: "\${{ steps.f.outputs.api }}"}
    steps:
      - id: f
        uses: dorny/paths-filter@v3
        with:
          filters: |
            api:
              - api/src/**
              - '!**/*.md'
            docs: docs/**
  api:
    needs: changes
    if: needs.changes.outputs.api == 'true'
    steps: [{run: docker build api}]
`;
  const every = workflow.replace(
    '        with:\n',
    "        with:\n          predicate-quantifier: 'every'\n",
  );
  // Whatever is no page counts, so that nothing is missed: the workflow runs far too often.
  expect(found(await audit({ ...oneImage, '.github/workflows/a.yml': workflow }))).toEqual([
    expect.stringContaining('pattern-negated 12: !**/*.md in the filter api excludes nothing'),
  ]);
  expect(found(await audit({ ...oneImage, '.github/workflows/a.yml': every }), 'input-missed')).toEqual([
    expect.stringContaining(
      'input-missed 11: the filter api does not cover 2 build inputs of api:docker-build: api/Dockerfile (the Dockerfile), api/go.mod',
    ),
  ]);
});

it('judges the rules of GitLab, where ** at the end is one level', async () => {
  const pipeline = 'api:\n  script: [docker build api]\n  rules:\n    - changes:\n        - api/**\n';
  const result = await audit({ ...oneImage, '.gitlab-ci.yml': pipeline });
  expect(found(result)).toEqual([
    'input-missed 4: changes of the job api does not cover a build input of api:docker-build: api/src/a/b.go (api/Dockerfile:2 COPY src)',
  ]);
  expect(result.findings[0]?.patterns).toEqual(['api/src/**/*']);
});

it('evaluates a Dockerfile as the workflow builds it', async () => {
  const files = {
    'tools/build/app.docker': 'FROM a AS one\nCOPY one /\nFROM b AS two\nARG DIR=three\nCOPY $DIR /\n',
    'one/a': '',
    'two/a': '',
    'three/a': '',
    '.github/workflows/a.yml':
      'on: {push: {paths: [x]}}\njobs:\n  a:\n    steps:\n      - run: docker build -f tools/build/app.docker --target one .\n      - run: docker build -f tools/build/app.docker --build-arg DIR=two .\n',
  };
  const { report } = await audit(files);
  expect(report.images).toMatchObject([
    { id: 'tools-build:docker-build', target: 'one', inputs: 2 },
    { id: 'tools-build:docker-build-2', target: null, inputs: 2 },
  ]);
  expect(
    report.findings
      .filter(({ rule }) => rule === 'input-missed')
      .map(({ files }) => files.map(({ path }) => path)),
  ).toEqual([
    ['one/a', 'tools/build/app.docker'],
    ['tools/build/app.docker', 'two/a'],
  ]);
});

it('counts the inputs of the images that an image is built from, under the name that they are pushed as', async () => {
  const files = {
    'base/Dockerfile': 'FROM scratch\nCOPY certs /\n',
    'base/certs/a.pem': '',
    'api/Dockerfile': 'FROM ghcr.io/acme/our-base:latest\n',
    '.github/workflows/base.yml':
      'on: {push: {paths: [base/**]}}\njobs: {b: {steps: [{run: docker build -t ghcr.io/acme/our-base base}]}}\n',
    '.github/workflows/api.yml':
      'on: {push: {paths: [api/**]}}\njobs: {b: {steps: [{run: docker build -t ghcr.io/acme/api api}]}}\n',
  };
  const result = await audit(files);
  expect(found(result)).toEqual([
    'base-missed 1: paths of on.push does not cover 2 build inputs of what api:docker-build is built from: base/Dockerfile (the Dockerfile), base/certs/a.pem (base/Dockerfile:2 COPY certs)',
  ]);
  expect(result.findings[0]?.severity).toBe('warning');
});

it('takes names and options from nx.json where it lists the plugin', async () => {
  const nx =
    '{ // our images\n  "plugins": [{"plugin": "@moltbook/docker/plugin", "options": {"registry": "ghcr.io/acme"},},]}';
  const files = { ...filtered('paths: [api/**]'), 'nx.json': nx, 'api/project.json': '{"name":"the-api"}' };
  const { report } = await audit(files);
  expect(report.images).toMatchObject([{ id: 'the-api:docker-build', image: 'ghcr.io/acme/the-api' }]);
});

it('links by the name that is pushed where the Dockerfile is not known', async () => {
  const steps =
    'jobs: {a: {steps: [{uses: docker/build-push-action@v6, with: {context: "${{ vars.DIR }}", tags: "ghcr.io/acme/api:1"}}, {run: docker build $DIR}]}}';
  const { report, findings } = await audit({
    ...oneImage,
    '.github/workflows/a.yml': `on: {push: {paths: [docs/**]}}\n${steps}\n`,
  });
  expect(report.workflows[0]?.builds.map(({ image }) => image)).toEqual(['api:docker-build', null]);
  expect(findings.map(({ rule }) => rule)).toEqual(['input-missed', 'build-unknown']);
});

it('says what it could not check: files that git does not have', async () => {
  const files = { ...filtered('paths: [api/**]'), 'api/Dockerfile': 'FROM scratch\nCOPY dist /\n' };
  expect(found(await audit(files))).toEqual([
    'made-unchecked 7: api:docker-build copies api/dist, which git does not have: whether its sources are covered is not checked',
  ]);
});

it('reads what is not committed, and survives hostile names', async () => {
  const name = 'api/src/$(touch MARK) "\n📦[a]!.txt';
  const root = temporaryRepository({ ...filtered('paths: [api/Dockerfile, api/go.mod]'), [name]: '' });
  git(root, 'remote', 'add', 'origin', 'git@github.com:acme/shop.git');
  const repository = await findRepository(join(root, 'api'));
  expect(repository).toEqual({ root, facts: { repository: 'acme/shop' } });
  const { findings } = await auditWorkspace(await openRepository(repository));
  expect(findings[0]?.files?.map(({ path }) => path)).toEqual([name, 'api/src/a/b.go']);
});

it.each(['tj-actions/changed-files@v45', 'reviewdog/action-setup@v1'])('warns of %s', async (action) => {
  const use = `  x: {steps: [{uses: ${action}}]}\n`;
  expect(found(await audit(filtered('branches: [main]', use)))).toEqual([
    expect.stringContaining('action-compromised 9: the tags of'),
  ]);
  const pinned = use.replace(/@\w+/, `@${'a'.repeat(40)} `);
  expect(found(await audit(filtered('branches: [main]', pinned)))).toEqual([]);
});

it('finds the commit of an attack', async () => {
  const use = '  x: {steps: [{uses: tj-actions/changed-files@0e58ed8671d6b60d0890c21b07f8835ace038e67}]}\n';
  const { findings } = await audit(filtered('branches: [main]', use));
  expect(findings).toMatchObject([{ rule: 'action-compromised', severity: 'error' }]);
});

it('says how many files of a large change a filter sees', async () => {
  const pages = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`docs/${i}.md`, '']));
  expect(found(await audit({ ...filtered('paths: [api/**]'), ...pages }))).toEqual([
    expect.stringContaining('file-limit 3: of a change, GitHub compares the first 300 files'),
  ]);
});

it('says which workflow is no YAML, and goes on', async () => {
  const files = { ...filtered('paths: [api/*]'), '.github/workflows/b.yml': 'on: [\n' };
  expect((await audit(files)).findings.map(({ rule }) => rule)).toEqual([
    'input-missed',
    'workflow-unreadable',
  ]);
});

it('says that there is no repository', async () => {
  await expect(findRepository('/')).rejects.toThrow('GIT_FAILED');
});

it('takes tasks of Nx for builds of all images, or of one', async () => {
  const files = {
    ...oneImage,
    'api/project.json': '{"name":"api"}',
    'web/package.json': '{"name":"web"}',
    'web/Dockerfile': 'FROM scratch\nCOPY package.json /\n',
    'nx.json': '{"plugins":["@moltbook/docker/plugin"]}',
    '.github/workflows/a.yml':
      'on: {push: {paths: ["api/**"]}}\njobs:\n  all: {steps: [{run: npx nx affected -t docker-build}]}\n  api: {steps: [{run: npx nx docker-build api}]}\n',
  };
  const { report } = await audit(files);
  expect(report.workflows[0]?.builds.map(({ image, missed }) => [image, missed])).toEqual([
    ['api:docker-build', 0],
    ['web:docker-build', 2],
    ['api:docker-build', 0],
  ]);
});

it('takes a build of some Dockerfile for those that its filter covers', async () => {
  const service = (name: string) => ({
    [`src/${name}/Dockerfile`]: `FROM scratch\nCOPY pb /pb\nCOPY src/${name} /src\n`,
    [`src/${name}/main.go`]: '',
  });
  const workflow = `on: {push: {branches: [main], paths: [src/cart/**, src/ads/**]}}
jobs:
  pick: {outputs: {all: "\${{ steps.x.outputs.all }}"}, steps: [{id: x, run: 'if a; then echo "all=[]" >> $GITHUB_OUTPUT; fi'}]}
  build:
    needs: pick
    strategy: {matrix: {service: "\${{ fromJSON(needs.pick.outputs.all) }}"}}
    steps:
      - uses: docker/build-push-action@v6
        with: {context: ., file: "src/\${{ matrix.service }}/Dockerfile"}
`;
  const files = { ...service('cart'), ...service('ads'), ...service('mail'), 'pb/a.proto': '' };
  const { report } = await audit({ ...files, '.github/workflows/a.yml': workflow });
  expect(
    report.workflows[0]?.builds.map(({ dockerfile, context, missed }) => [dockerfile, context, missed]),
  ).toEqual([
    ['src/ads/Dockerfile', '.', 1],
    ['src/cart/Dockerfile', '.', 1],
  ]);
});
