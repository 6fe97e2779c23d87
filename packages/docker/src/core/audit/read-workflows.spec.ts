import { randomNumbers } from '../../../testing/random-numbers.js';
import { auditWorkflows } from './audit-workflows.js';
import { wouldBuild } from './filtered-workflow.js';
import { mendWorkflows } from './fix/mend-workflows.js';
import { readGithubWorkflow } from './github/read-github-workflow.js';
import { readGitlabPipeline } from './gitlab/read-gitlab-pipeline.js';
import type { AuditedWorkflow } from './workflow-build.js';

const github = `on:
  push: {branches: [main], paths: &p ['api/**', "!**/*.md"]}
  pull_request: {paths: *p}
env:
  REG: ghcr.io/\${{ github.repository }}
jobs:
  changes:
    outputs: {all: "\${{ steps.f.outputs.changes }}"}
    steps:
      - id: f
        uses: dorny/paths-filter@v3
        with:
          filters: |
            api: [api/**, added|modified: 'libs/**']
            web:
              - web/**
  image:
    needs: [changes]
    if: needs.changes.outputs.all != '[]' && !contains(github.event.head_commit.message, '[skip]')
    strategy:
      matrix:
        name: \${{ fromJSON(needs.changes.outputs.all) }}
        include: [{name: api, target: run}]
    steps:
      - uses: docker/metadata-action@v5
        id: meta
        with: {images: "\${{ env.REG }}/\${{ matrix.name }}", tags: "type=sha,prefix={{branch}}-"}
      - uses: docker/build-push-action@v6
        with: {context: "./\${{ matrix.name }}", target: "\${{ matrix.target }}", tags: "\${{ steps.meta.outputs.tags }}", cache-to: "type=gha"}
      - run: |
          for f in a b; do docker build -t "$REG/$f:\${GITHUB_SHA::7}" --build-arg X="\${Y:-1}" $f; done
          cat <<EOF | sed "s/newTag: .*/newTag: $(git rev-parse --short HEAD)/"
          EOF
`;

const gitlab = `include: [{local: /ci/*.yml}]
variables: {NAME: {value: api}, REG: $CI_REGISTRY_IMAGE}
workflow: {rules: [{if: $CI_COMMIT_TAG, when: never}, {when: always}]}
.build: &b
  before_script: [docker login]
  script:
    - !reference [.other, script]
    - docker build -t $REG/$NAME:$CI_COMMIT_SHORT_SHA -f $NAME/Dockerfile .
.other: {script: [cd services]}
api:
  <<: *b
  extends: [.build]
  parallel: {matrix: [{NAME: [api, web]}]}
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event" && $X =~ /^a(/
      changes: {paths: ["$NAME/**/*", "{a,b}/**"], compare_to: refs/heads/main}
web:
  extends: .build
  only: {refs: [main, /^rel/], changes: [web/**]}
  except: [tags]
`;

const reader = { readText: () => undefined, facts: {}, paths: [] };

function read(text: string): AuditedWorkflow[] {
  return [readGithubWorkflow('a.yml', text, reader), readGitlabPipeline('b.yml', text, reader)];
}

it.each([
  ['GitHub', github],
  ['GitLab', gitlab],
])('understands the workflow of %s that is mutated below', (_, text) => {
  expect(read(text).flatMap(({ builds }) => builds).length).toBeGreaterThan(2);
});

/** Takes away, doubles, swaps or spoils some lines or characters. */
function mutate(text: string, random: (below: number) => number): string {
  const lines = text.split('\n');
  for (let count = random(4) + 1; count > 0; count--) {
    const at = random(lines.length);
    const line = lines[at] ?? '';
    const cut = random(line.length + 1);
    const noise = [
      '',
      '{',
      ']',
      '*x',
      '&x',
      '"',
      "'",
      '- ',
      ': ',
      '${{ a.b',
      '!',
      '\t',
      '$(',
      '|',
      '📦',
      '<<: *p',
    ][random(16)];
    const changed =
      [
        [],
        [line, line],
        [line.slice(0, cut) + noise + line.slice(cut)],
        [line.slice(0, cut)],
        [lines[random(lines.length)] ?? ''],
        [`  ${line}`],
      ][random(6)] ?? [];
    lines.splice(at, 1, ...changed);
  }
  return lines.join('\n');
}

it('never throws, and never breaks a file that it mends', () => {
  const random = randomNumbers(20_240);
  for (let i = 0; i < 300; i++) {
    const text = mutate(random(2) === 0 ? github : gitlab, random);
    try {
      const workflows = read(text);
      const builds = workflows.flatMap((workflow) => workflow.builds);
      for (const build of builds)
        wouldBuild(build.workflow, { event: 'push', branch: 'main', files: ['api/a'] });
      const inputs = [{ path: 'shared/[a]', because: ['x'] }];
      const patterns = { positive: ['shared/**/*'], negative: [] };
      const image = {
        id: 'a',
        image: 'a',
        dockerfile: 'a',
        context: '.',
        target: null,
        inputs,
        patterns,
        made: [],
      };
      const facts = {
        workflows,
        builds: builds.map((build) => ({ build, image })),
        unlinked: [],
        files: ['api/a', 'shared/[a]'],
      };
      const findings = auditWorkflows(facts);
      for (const { after } of mendWorkflows({ findings, workflows, readText: () => text }))
        expect(read(after).flatMap(({ problems }) => problems).length).toBeLessThanOrEqual(1);
    } catch (error) {
      throw new Error(`run ${i}: ${text}`, { cause: error });
    }
  }
});
