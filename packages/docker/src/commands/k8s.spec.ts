import { main } from '../cli.js';

/** What the command prints for the manifests of this repository. */
async function run(...args: string[]) {
  const out = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const error = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const exitCode = await main(['k8s', ...args]);
    const text = (mock: jest.SpyInstance) => mock.mock.calls.map(([chunk]) => String(chunk)).join('');
    return { exitCode, stdout: text(out), stderr: text(error) };
  } finally {
    jest.restoreAllMocks();
  }
}

it.each([
  [['set', '../../k8s'], 2, '--from is missing'],
  [['set', '--from', '.', '--form', 'sha'], 2, '--form takes tag, digest or both'],
  [['set', '--from', 'nowhere', '../../k8s'], 1, 'nowhere is not there (FILE_UNREADABLE)'],
  [
    ['set', '--from', 'package.json', '../../k8s'],
    1,
    'package.json is no record of a build (FILE_UNREADABLE)',
  ],
  [['status', '--timeout', 'soon', '../../k8s'], 2, '--timeout takes a duration, such as 90s or 5m'],
  [['restart', '--timeout', '', '../../k8s'], 2, '--timeout takes a duration'],
  [['rollback', '--offline', '../../k8s'], 2, '--offline needs --from'],
  [['check', 'nowhere'], 1, 'there is no file at or below "packages/docker/nowhere" (OPTIONS_INVALID)'],
])('k8s %j exits with %d: %s', async (args, exitCode, message) => {
  const result = await run(...args);
  expect([result.exitCode, result.stderr]).toEqual([exitCode, expect.stringContaining(message)]);
});

describe('k8s check takes paths from the current folder and prints', () => {
  it('text', async () => {
    const { exitCode, stdout, stderr } = await run('check', '../../k8s/postgres');
    expect([exitCode, stderr]).toEqual([0, '0 errors, 0 warnings in 0 references\n']);
    expect(stdout).toMatch(/^Not checked:\n {2}k8s\/postgres\/statefulset.yml:\d+ {2}postgres:\S+\n\n$/);
  });

  it('JSON', async () => {
    const { stdout } = await run('check', '--json', '../../k8s/postgres');
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [],
      checked: 0,
      listed: [{ file: 'k8s/postgres/statefulset.yml' }],
    });
  });

  it('SARIF', async () => {
    const { stdout } = await run('check', '--sarif', '../../k8s');
    expect(JSON.parse(stdout).runs[0].tool.driver.name).toBe('moltbook-docker k8s check');
  });

  it('annotations', async () => {
    expect((await run('check', '--annotations', '../../k8s/postgres')).stdout).toBe('');
  });
});
