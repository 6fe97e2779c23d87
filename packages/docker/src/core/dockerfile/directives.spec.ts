import { type Directives, detectSyntax, isDockerfileFrontend, readDirective } from './directives.js';

function readAll(lines: readonly string[]): Directives {
  const directives: Directives = { values: {}, done: false };
  for (const line of lines) readDirective(directives, line);
  return directives;
}

describe('readDirective', () => {
  test.each([
    [
      ['# syntax=docker/dockerfile:1', '#escape = `', '# CHECK=skip=all '],
      { syntax: 'docker/dockerfile:1', escape: '`', check: 'skip=all' },
    ],
    [['# syntax=a', '# a comment', '# escape=`'], { syntax: 'a' }],
    [['', '# escape=`'], {}],
    [['# unknown=1', '# escape=`'], {}],
    [['FROM a', '# escape=`'], {}],
    [['# escape='], {}],
    [['# escape= '], { escape: ' ' }],
    [['// escape=`'], {}],
  ])('%j', (lines, values) => {
    expect(readAll(lines).values).toEqual(values);
  });

  test('a repeated directive keeps the first value and does not end them', () => {
    const directives = readAll(['# escape=`']);
    expect(readDirective(directives, '# escape=\\')).toEqual({
      key: 'escape',
      value: '\\',
      isRepeated: true,
    });
    expect(directives).toEqual({ values: { escape: '`' }, done: false });
  });
});

describe('detectSyntax', () => {
  test.each([
    [['# syntax=docker/dockerfile:1'], 'docker/dockerfile:1'],
    [['#!/usr/bin/env x', '# syntax=a'], 'a'],
    [['# escape=`', '# syntax=a b c'], 'a'],
    [['// syntax=a'], 'a'],
    [['{ "syntax": "a",', ' "x": 1 }'], 'a'],
    [['{ "syntax": 1 }'], undefined],
    [['{ broken'], undefined],
    [['', '# syntax=a'], undefined],
    [['  # syntax=a'], undefined],
    [['FROM a', '# syntax=a'], undefined],
  ])('%j', (lines, syntax) => {
    expect(detectSyntax(lines)).toBe(syntax);
  });
});

test.each([
  ['docker/dockerfile', true],
  ['docker/dockerfile:1.20-labs', true],
  ['docker.io/docker/dockerfile@sha256:abc', true],
  ['mirror.example.com:5000/hub/docker/dockerfile:1', true],
  ['docker/dockerfile-upstream:master', true],
  ['dockerfile:1', false],
  ['example.com/docker/dockerfile-extra', false],
  ['tonistiigi/xdockerfile', false],
])('isDockerfileFrontend(%j) is %j', (syntax, expected) => {
  expect(isDockerfileFrontend(syntax)).toBe(expected);
});
