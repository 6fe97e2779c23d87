import { formatCommand } from './command.js';

describe('formatCommand', () => {
  it.each([
    [['build', '.'], 'docker build .'],
    [['--label', 'a b'], "docker --label 'a b'"],
    [["it's"], "docker 'it'\\''s'"],
    [['$(touch x)'], "docker '$(touch x)'"],
    [['a\nb'], "docker 'a\nb'"],
    [[''], "docker ''"],
  ])('quotes %j for pasting', (args, text) => {
    expect(formatCommand({ file: 'docker', args, env: {} })).toBe(text);
  });

  it('puts the environment before the command', () => {
    expect(formatCommand({ file: 'docker', args: ['build'], env: { DOCKER_BUILDKIT: '1' } })).toBe(
      'DOCKER_BUILDKIT=1 docker build',
    );
  });
});
