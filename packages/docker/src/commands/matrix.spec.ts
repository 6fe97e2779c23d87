import { matrixCommand } from './matrix.js';

it.each<[readonly string[], Record<string, string | boolean | string[]>, string]>([
  [['api'], {}, 'matrix takes no "api": name projects with --projects'],
  [[], { waves: '0' }, '--waves takes a number from 1 on'],
  [[], { 'max-jobs': 'many' }, '--max-jobs takes a number from 1 on'],
  [[], { runner: ['linux/arm64'] }, '--runner takes a platform and a label'],
  [[], { provider: 'bamboo' }, '--provider takes github or gitlab'],
  [[], { 'refresh-bases': true }, '--refresh-bases needs --publish'],
  [[], { 'github-output': true }, '--github-output needs GITHUB_OUTPUT'],
])('%j with %j is wrong usage', async (names, values, message) => {
  const { GITHUB_OUTPUT } = process.env;
  delete process.env.GITHUB_OUTPUT;
  try {
    await expect(matrixCommand.run(names, values)).rejects.toThrow(message);
  } finally {
    if (GITHUB_OUTPUT !== undefined) process.env.GITHUB_OUTPUT = GITHUB_OUTPUT;
  }
});
