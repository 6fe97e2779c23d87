import { parseDockerfile } from '../dockerfile/parse-dockerfile.js';
import { formatProblem } from '../errors.js';
import { adviseDockerfile } from './advise-dockerfile.js';
import { type EvaluateOptions, evaluateDockerfile } from './evaluate-dockerfile.js';

function advise(text: string, options: EvaluateOptions = {}): string[] {
  const dockerfile = parseDockerfile(text);
  return adviseDockerfile(dockerfile, evaluateDockerfile(dockerfile, options)).map(formatProblem);
}

describe('adviseDockerfile', () => {
  test('advises in source order, with the place and a fix', () => {
    const text = `FROM a
COPY $SRC /app
COPY **/package.json /app
ADD https://example.com/a.tgz https://example.com/r.git#main /app`;
    expect(advise(text)).toEqual([
      `Dockerfile:2:6: warning: $SRC is not set here, so this reads the whole build context (ADVICE)
    COPY $SRC /app
         ^
  Fix: write ARG SRC=<default> in this stage before this line`,
      `Dockerfile:3:6: warning: ** in **/package.json matches in one folder only, as */package.json would (ADVICE)
    COPY **/package.json /app
         ^
  Fix: write COPY */package.json, or COPY --parents for every depth (# syntax=docker/dockerfile:1.20)`,
      `Dockerfile:4:5: warning: the content of https://example.com/a.tgz can change without notice (ADVICE)
    ADD https://example.com/a.tgz https://example.com/r.git#main /app
        ^
  Fix: add --checksum=sha256:<digest of the file>`,
      `Dockerfile:4:31: warning: the content of https://example.com/r.git#main can change without notice (ADVICE)
    ADD https://example.com/a.tgz https://example.com/r.git#main /app
                                  ^
  Fix: name a commit behind # in the URL`,
    ]);
  });

  test.each([
    'FROM a\nCOPY . /app',
    'FROM a\nCOPY x/$UNSET /app',
    'FROM a\nENV D=.\nCOPY $D /app',
    'FROM a\nCOPY --parents **/package.json /app',
    'FROM a\nCOPY */package.json /app',
    `FROM a\nADD https://example.com/r.git#${'a'.repeat(40)} /app`,
    `FROM a\nADD --checksum=sha256:${'a'.repeat(64)} https://example.com/a.tgz /app`,
  ])('has nothing to say about %j', (text) => {
    expect(advise(text)).toEqual([]);
  });

  test('leaves it to the warning where a base image may set the variable', () => {
    expect(advise('FROM a\nCOPY $SRC /app', { baseEnv: 'unknown' })).toEqual([]);
  });
});
