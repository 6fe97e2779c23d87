import { DockerPluginError, formatProblem, type Problem } from './errors.js';

const problem: Problem = {
  code: 'DOCKERFILE_INVALID',
  severity: 'error',
  message: 'unknown flag --form',
  fix: 'write --from=build',
  place: { file: 'api/Dockerfile', line: 3, column: 6 },
  sourceLine: 'COPY --form=build /app /app',
};

describe('formatProblem', () => {
  it('shows the place, the line with a caret, and the fix', () => {
    expect(formatProblem(problem)).toBe(
      [
        'api/Dockerfile:3:6: unknown flag --form (DOCKERFILE_INVALID)',
        '    COPY --form=build /app /app',
        '         ^',
        '  Fix: write --from=build',
      ].join('\n'),
    );
  });

  it('marks a warning', () => {
    expect(formatProblem({ ...problem, severity: 'warning' })).toContain('3:6: warning: unknown flag');
  });

  it('needs no place', () => {
    const { place: _, sourceLine: __, ...rest } = problem;
    expect(formatProblem(rest)).toBe('unknown flag --form (DOCKERFILE_INVALID)\n  Fix: write --from=build');
  });

  it('shows a window of a long line, the caret under the right character', () => {
    const sourceLine = `${'x'.repeat(5000)}!${'y'.repeat(5000)}`;
    const text = formatProblem({ ...problem, sourceLine, place: { file: 'f', line: 1, column: 5001 } });
    const [, line = '', caret = ''] = text.split('\n');
    expect(line.length).toBeLessThan(140);
    expect(line[caret.indexOf('^')]).toBe('!');
  });

  it('keeps the caret under the character behind tabs', () => {
    const text = formatProblem({
      ...problem,
      sourceLine: '\t\tCOPY',
      place: { file: 'f', line: 1, column: 3 },
    });
    expect(text.split('\n').slice(1, 3)).toEqual(['    \t\tCOPY', '    \t\t^']);
  });

  it('lets no control character through to the terminal', () => {
    expect(formatProblem({ ...problem, sourceLine: 'RUN \u001b[31m\r' })).toContain('RUN \uFFFD[31m\uFFFD');
  });
});

describe('DockerPluginError', () => {
  it('holds all problems and their text', () => {
    const error = new DockerPluginError([problem, { ...problem, message: 'second' }]);
    expect(error.problems).toHaveLength(2);
    expect(error.message).toContain('unknown flag --form');
    expect(error.message).toContain('second');
  });
});
