import { createDeveloper, type Developer } from '../support/emulator/developer.js';
import { type Github, startGithub } from '../support/emulator/github.js';
import { type RunOptions, type RunReport, runWorkflow } from '../support/emulator/run-workflow.js';

/** The rules of GitHub that other tests rely on: each of them must be able to fail a run. */
let github: Github;
let developer: Developer;

beforeAll(async () => {
  const registry = process.env.MOLTBOOK_REGISTRY ?? '127.0.0.1:1';
  github = await startGithub({ registry, nodeModules: '/nothing' });
  developer = createDeveloper(github);
  await developer.push({ 'package-lock.json': '{}' });
});
afterAll(() => github.close());

const checkout = (inputs = '') => `{ uses: actions/checkout@v7, with: { ${inputs} } }`;
const upload = (inputs: string) => `{ uses: actions/upload-artifact@v7, with: { ${inputs} } }`;
const download = (inputs: string) => `{ uses: actions/download-artifact@v8, with: { ${inputs} } }`;

async function runJobs(
  jobs: string,
  { fork = false, ...options }: RunOptions & { fork?: boolean } = {},
): Promise<RunReport> {
  const file = '.github/workflows/docker.yml';
  const text = `on: [push, pull_request]\npermissions: { contents: read }\njobs:\n${jobs}\n`;
  const event = fork
    ? await developer.pullRequest({ [file]: text }, { fork })
    : await developer.push({ [file]: text });
  return runWorkflow(github, event, options);
}

function oneJob(steps: readonly string[], settings = ''): string {
  return `  one:\n${settings}    steps:\n${steps.map((step) => `      - ${step}`).join('\n')}`;
}

const push =
  '{ run: "git config user.name A && git config user.email a@example.com && git commit -qm B --allow-empty && git push -q origin HEAD:refs/heads/other-$GITHUB_RUN_ID" }';
const write = '    permissions: { contents: write }\n';

describe.each<[string, readonly string[], string, RegExp | undefined]>([
  ['a script that works', ['{ run: "true" }'], '', undefined],
  ['a script that fails', ['{ run: "false" }'], '', /exit code 1/],
  ['a pipe that fails, with bash', ['{ run: "false | cat", shell: bash }'], '', /exit code 1/],
  ['a pipe that fails, with the shell that is implied', ['{ run: "false | cat" }'], '', undefined],
  ['fetching', [checkout()], '', undefined],
  [
    'fetching without contents: read',
    [checkout()],
    '    permissions: {}\n',
    /Authentication failed|could not read|unable to access/,
  ],
  ['pushing', [checkout(), push], write, undefined],
  ['pushing without contents: write', [checkout(), push], '', /403/],
  [
    'pushing without credentials',
    [checkout('persist-credentials: false'), push],
    write,
    /could not read Username/,
  ],
  ['npm ci', [checkout(), '{ run: "npm ci && readlink node_modules" }'], '', undefined],
  ['npm ci without a lockfile', ['{ run: npm ci }'], '', /needs a package-lock/],
  ['an action that is not known', ['{ uses: "acme/nothing@v1" }'], '', /knows no action acme\/nothing@v1/],
  ['an input that is not known', [checkout('fetchdepth: 0')], '', /Unexpected input\(s\) 'fetchdepth'/],
  ['an artifact that is not there', [download('name: nothing')], '', /Artifact not found for name: nothing/],
  ['a pattern that matches no artifact', [download('pattern: nothing-*')], '', undefined],
  [
    'an artifact without files',
    [upload('name: a, path: nothing, if-no-files-found: error')],
    '',
    /No files were found/,
  ],
  ['an artifact name with a colon', ['{ run: touch a }', upload('name: "a:b", path: a')], '', /not valid/],
  [
    'one artifact name twice',
    ['{ run: touch a }', upload('name: a, path: a'), upload('name: a, path: a')],
    '',
    /409/,
  ],
  [
    'one artifact name twice, overwritten',
    ['{ run: touch a }', upload('name: a, path: a'), upload('name: a, path: a, overwrite: true')],
    '',
    undefined,
  ],
  [
    'a line for GITHUB_OUTPUT without a value',
    ['{ run: echo hello >> "$GITHUB_OUTPUT" }'],
    '',
    /Invalid format 'hello'/,
  ],
  [
    'outputs above 1 MB',
    ['{ id: big, run: "echo big=$(head -c 600000 /dev/zero | tr \'\\\\0\' a) >> $GITHUB_OUTPUT" }'],
    "    outputs: { big: '${{ steps.big.outputs.big }}' }\n",
    /1 MB is the most/,
  ],
  [
    'attesting without id-token',
    ['{ uses: actions/attest@v4, with: { subject-checksums: a } }'],
    '',
    /missing "id-token" permission/,
  ],
  ['a job over its time', ['{ run: sleep 20 }'], '    timeout-minutes: 0.01\n', /cancelled/],
])('%s', (_, steps, settings, failure) => {
  it(failure ? 'ends the job' : 'works', async () => {
    const { summary, log } = await runJobs(oneJob(steps, settings));
    if (failure) expect(`${summary}\n${log}`).toMatch(failure);
    expect(summary === 'one success' ? '' : log).toEqual(failure ? expect.stringMatching(/./) : '');
  });
});

describe('the registry', () => {
  const login =
    "{ uses: docker/login-action@v4, with: { registry: '${{ vars.REGISTRY }}', username: '${{ github.actor }}', password: '${{ github.token }}' } }";
  const buildx = '{ uses: docker/setup-buildx-action@v4 }';
  const publish =
    '{ run: "echo FROM scratch > Dockerfile && echo COPY Dockerfile / >> Dockerfile && docker buildx build --output type=image,name=$REGISTRY/acme/one,push-by-digest=true,name-canonical=true,push=true .", env: { REGISTRY: "${{ vars.REGISTRY }}" } }';
  const read =
    '{ run: "docker buildx imagetools inspect $REGISTRY/acme/one:latest", env: { REGISTRY: "${{ vars.REGISTRY }}" } }';

  it.each([
    ['takes an image with packages: write', [buildx, login, publish], 'write', undefined],
    ['refuses one with packages: read', [buildx, login, publish], 'read', /403|denied|not allowed to Write/],
    ['refuses one without a login', [buildx, publish], 'write', /401|403|denied|authorization failed/],
    ['answers with packages: read', [login, read], 'read', /latest: not found/],
    ['answers nobody without a login', [read], 'write', /403|denied|not allowed to Read/],
  ])('%s', async (_, steps, access, failure) => {
    const permissions = `    permissions: { packages: ${access} }\n`;
    const vars = { REGISTRY: github.registry };
    const { summary, log } = await runJobs(oneJob(steps, permissions), { vars });
    if (failure) expect(`${summary}\n${log}`).toMatch(failure);
    else expect(`${summary}\n${log}`).toMatch(/^one success/);
  });
});

it('hands files, outputs and variables on, and hides what is masked', async () => {
  const { jobs, summary, log } = await runJobs(
    `  plan:
    outputs: { list: '\${{ steps.plan.outputs.list }}', token: '\${{ steps.plan.outputs.token }}' }
    steps:
      - run: echo NAME=value >> "$GITHUB_ENV"
      - id: plan
        run: |
          printf 'list<<END\\n["a","b"]\\nEND\\n' >> "$GITHUB_OUTPUT"
          echo "token=x-\${{ secrets.TOKEN }}" >> "$GITHUB_OUTPUT"
          test "$NAME" = value
  build:
    needs: plan
    strategy: { matrix: { id: '\${{ fromJSON(needs.plan.outputs.list) }}' } }
    steps:
      - run: mkdir out && echo "$ID" > "out/$ID"
        env: { ID: '\${{ matrix.id }}' }
      - ${upload("name: 'records-${{ matrix.id }}', path: out")}
  join:
    needs: [plan, build]
    steps:
      - ${download('pattern: records-*, path: in, merge-multiple: true')}
      - run: test "$(cat in/a in/b)" = "$(printf 'a\\nb')"
      - if: needs.plan.outputs.token != ''
        run: exit 1`,
    { secrets: { TOKEN: 'hush-hush' } },
  );
  expect(summary).toBe('plan success, build success, join success');
  expect(jobs.plan?.outputs).toEqual({ list: '["a","b"]' });
  expect(log).not.toContain('hush-hush');
  expect(log).toContain("Skip output 'token' since it may contain secret.");
});

it('gives a fork no secret and nothing to write', async () => {
  const steps = [
    checkout('persist-credentials: true'),
    '{ run: test -z "$TOKEN", env: { TOKEN: "${{ secrets.TOKEN }}" } }',
    push,
  ];
  const options = { fork: true, secrets: { TOKEN: 'hush-hush' } };
  const { summary, log } = await runJobs(oneJob(steps, write), options);
  expect(summary).toBe('one failure');
  expect(log).toMatch(/403/);
});

it('runs only one of a group at a time, and lets the newest wait', async () => {
  const job = oneJob(['{ run: "true" }'], '    concurrency: publish\n');
  const leave = await github.groups.enter('publish', { cancelInProgress: false, cancel: () => undefined });
  const older = runJobs(job);
  await waits('publish');
  const newer = runJobs(job);
  await waits('publish', 2);
  leave?.();
  expect((await Promise.all([older, newer])).map(({ summary }) => summary)).toEqual([
    'one cancelled',
    'one success',
  ]);
});

it('runs failed jobs once more with the artifacts of before', async () => {
  const jobs = `  plan:
    steps:
      - { run: echo plan > plan.json }
      - ${upload('name: plan, path: plan.json')}
  build:
    needs: plan
    steps:
      - ${download('name: plan')}
      - run: cat plan.json && test "$GITHUB_RUN_ATTEMPT" = 2`;
  const first = await runJobs(jobs);
  expect(first.summary).toBe('plan success, build failure');
  const event = await developer.dispatch();
  const push = { ...event, name: 'push' };
  expect((await runWorkflow(github, push, { again: first })).summary).toBe('plan success, build success');
});

/** Until so many have come to wait for a group. */
async function waits(group: string, count = 1): Promise<void> {
  while (github.groups.waited(group) < count) await new Promise((resolve) => setTimeout(resolve, 20));
}
