import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryRepository } from '../../../testing/temporary-repository.js';
import { auditWorkspace, findRepository, openRepository } from './audit.js';
import { fixAudit } from './audit-fix.js';

type Files = Readonly<Record<string, string>>;

const github = '.github/workflows/a.yml';

/** Mends a repository, checks that this leaves nothing to be mended, and returns what changed in a file. */
async function fix(files: Files, file = github): Promise<string> {
  const root = temporaryRepository(files);
  const repository = await findRepository(root);
  const mend = async () => fixAudit(await auditWorkspace(await openRepository(repository)), repository);
  const { files: mended, audit } = await mend();
  const missed = audit.findings.filter(({ rule }) => rule.endsWith('-missed'));
  expect(missed).toEqual([]);
  expect((await mend()).files).toEqual([]);
  const after = readFileSync(join(root, file), 'utf8');
  expect(mended.map((each) => each.file)).toEqual(after === files[file] ? [] : [file]);
  const before = new Set((files[file] ?? '').split('\n'));
  return after
    .split('\n')
    .filter((line) => !before.has(line))
    .join('\n');
}

const go = {
  'api/Dockerfile': 'FROM scratch\nCOPY go.mod /\nCOPY libs/x+y /\nCOPY api/src /src\n',
  'go.mod': '',
  'libs/x+y/a.go': '',
  'api/src/a.go': '',
  'api/README.md': '',
  'docs/a.md': '',
};
const build = 'jobs:\n  a:\n    steps:\n      - run: docker build -f api/Dockerfile .\n';

it.each<[string, string, string]>([
  [
    'a block',
    'on:\n  push:\n    paths:\n      - api/** # the service\n',
    "      - go.mod\n      - 'libs/x\\+y/**'",
  ],
  [
    'a flow list',
    "on: {push: {paths: ['api/**']}}\n",
    "on: {push: {paths: ['api/**', 'go.mod', 'libs/x\\+y/**']}}",
  ],
  [
    'two events that share a list',
    'on:\n  push:\n    paths: &p\n      - "api/**"\n      - "go.mod"\n  pull_request:\n    paths: *p\n',
    '      - "libs/x\\\\+y/**"',
  ],
  [
    'a bare folder',
    'on: {push: {paths: [api/, go.mod, "libs/**"]}}\n',
    'on: {push: {paths: [api/**, go.mod, "libs/**"]}}',
  ],
  [
    'an exclusion',
    'on: {push: {paths: [api/**, go.mod, "libs/**", "!**.go"]}}\n',
    'on: {push: {paths: [api/**, go.mod, "libs/**", "!**.go", "**.go"]}}',
  ],
  [
    'what is ignored',
    "on:\n  push:\n    paths-ignore:\n      - 'docs/**' # prose\n      - '**.mod'\n",
    "    paths:\n      - '**'\n      - '!docs/**' # prose\n      - '!**.mod'",
  ],
  ['nothing where nothing is missed', 'on: {push: {paths: ["**", "!docs/**"]}}\n', ''],
])('mends %s', async (_, on, expected) => {
  const added = await fix({ ...go, [github]: on + build });
  expect(added.split('\n').sort()).toEqual(expected.split('\n').sort());
});

it('takes the whole context but for what its ignore file keeps out', async () => {
  const files = {
    Dockerfile: 'FROM scratch\nCOPY . .\n',
    '.dockerignore': '.git*\ndocs\n**/*.md\n',
    'src/a.js': '',
    'docs/a.txt': '',
    'README.md': '',
    'src/NOTES.md': '',
  };
  const on = `on:\n  push:\n    paths:\n      - src/**\n      - ${github}\n`;
  const added = await fix({ ...files, [github]: `${on}jobs: {a: {steps: [{run: docker build .}]}}\n` });
  expect(added).toBe("      - '**'\n      - '!docs/**'");
});

it('mends filters of dorny/paths-filter in a block of YAML', async () => {
  const workflow = `on: push
jobs:
  f:
    outputs: {api: "\${{ steps.f.outputs.api }}"}
    steps:
      - uses: dorny/paths-filter@v3
        id: f
        with:
          filters: |
            # services
            api:
              - 'api/**' # own

            web: web/**
  a:
    needs: f
    if: needs.f.outputs.api == 'true'
    steps: [{run: docker build -f api/Dockerfile .}]
`;
  expect(await fix({ ...go, [github]: workflow })).toBe(
    "              - 'go.mod'\n              - 'libs/x\\+y/**'",
  );
});

it('mends filters that stand in a file of their own', async () => {
  const workflow =
    'on: push\njobs:\n  a:\n    steps:\n      - {uses: dorny/paths-filter@v3, id: f, with: {filters: .github/filters.yml}}\n      - {if: "steps.f.outputs.api == \'true\'", run: docker build -f api/Dockerfile .}\n';
  const files = { ...go, [github]: workflow, '.github/filters.yml': 'api: api/**\n' };
  expect(await fix(files, '.github/filters.yml')).toBe("api: [api/**, go.mod, 'libs/x\\+y/**']");
});

it('mends rules of GitLab', async () => {
  const pipeline =
    'a:\n  script: [docker build -f api/Dockerfile .]\n  rules:\n    - changes:\n        paths:\n          - api/**\n';
  const added = await fix({ ...go, '.gitlab-ci.yml': pipeline }, '.gitlab-ci.yml');
  expect(added).toBe("          - api/src/**/*\n          - go.mod\n          - 'libs/x+y/**/*'");
});
