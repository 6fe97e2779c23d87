import { main } from './cli.js';

const written = { stdout: '', stderr: '' };

beforeEach(() => {
  for (const stream of ['stdout', 'stderr'] as const) {
    written[stream] = '';
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += text;
      return true;
    });
  }
});

afterEach(() => jest.restoreAllMocks());

it.each([['--help'], ['-h'], ['explain', '--help']])('%s shows the usage', async (...args) => {
  expect(await main(args)).toBe(0);
  expect(written.stdout).toContain('Usage: moltbook-docker <command>');
});

it('--version shows the version', async () => {
  expect(await main(['--version'])).toBe(0);
  expect(written.stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
});

it.each([
  [[], 'no command is given'],
  [['explode'], 'there is no command explode'],
  [['explain'], 'explain takes one name'],
  [['explain', 'a', 'b'], 'explain takes one name'],
  [['explain', 'a', '--jsn'], "Unknown option '--jsn'"],
  [['lint', '--max-warnings=many'], '--max-warnings takes a number'],
  [['lint', '--max-warnings='], '--max-warnings takes a number'],
  [['lint', '--files'], "Unknown option '--files'"],
  [['explain', 'a', '--max-warnings=0'], "Unknown option '--max-warnings'"],
])('%j is wrong usage', async (args, message) => {
  expect(await main(args)).toBe(2);
  expect(written.stderr).toContain(`moltbook-docker: ${message}`);
  expect(written.stdout).toBe('');
});
