import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatEvaluation } from '../../../testing/format-evaluation.js';
import { parseDockerfile } from '../dockerfile/parse-dockerfile.js';
import { type EvaluateOptions, evaluateDockerfile } from './evaluate-dockerfile.js';

const fixtures = join(__dirname, '../../../fixtures');
const cases = ['dockerfiles', 'mounts'].flatMap((group) =>
  readdirSync(join(fixtures, group)).map((name) => join(group, name)),
);

function evaluate(text: string, options: EvaluateOptions = {}) {
  return evaluateDockerfile(parseDockerfile(text), options);
}

function readOptions(name: string): EvaluateOptions {
  const path = join(fixtures, name, 'options.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

describe('evaluateDockerfile', () => {
  test.each(cases)('%s evaluates to evaluation.txt', (name) => {
    const text = readFileSync(join(fixtures, name, 'Dockerfile'), 'utf8');
    const expected = readFileSync(join(fixtures, name, 'evaluation.txt'), 'utf8');
    expect(formatEvaluation(evaluate(text, readOptions(name)))).toBe(expected);
  });

  test.each([
    ['nothing', 'FROM scratch', []],
    ['a path above the root', 'FROM a\nCOPY ../../x /', ['x']],
    ['the whole context for an unset variable', 'FROM a\nCOPY $UNSET /', ['.']],
    ['a source that a variable fills with a blank', 'FROM a\nENV D="a b"\nCOPY $D /', ['a b']],
    ['no heredoc', 'FROM a\nCOPY <<A <<B /\nA\nB\n', []],
    ['no heredoc in JSON form either', 'FROM a\nCOPY ["<<A", "b", "/"]', ['b']],
    [
      'TARGETARCH only after ARG',
      'FROM a\nCOPY $TARGETARCH/x /\nARG TARGETARCH\nCOPY $TARGETARCH/y /',
      ['amd64/y', 'x'],
    ],
    ['the stage name as TARGETSTAGE', 'FROM a AS b\nARG TARGETSTAGE\nCOPY $TARGETSTAGE /', ['b']],
    ['an ARG that a later ENV hides', 'FROM a\nARG D=x\nENV D=y\nCOPY $D /', ['y']],
    ['an ENV that a later ARG hides', 'FROM a\nENV D=y\nARG D=x\nCOPY $D /', ['x']],
    ['an ENV that an ARG without a value leaves', 'FROM a\nENV D=y\nARG D\nCOPY $D /', ['y']],
    ['PATH as it is by default', 'FROM scratch\nCOPY ${PATH%%:*} /', ['usr/local/sbin']],
    ['nothing of an unreachable stage', 'FROM a AS b\nCOPY x /\nFROM a\nCOPY y /', ['y']],
    ['a stage that FROM names by a variable', 'ARG M=b\nFROM a AS stage-b\nCOPY x /\nFROM stage-$M', ['x']],
    [
      'a tmpfs as the whole context, as BuildKit does',
      'FROM a\nRUN --mount=type=tmpfs,target=/t true\nCOPY x /',
      ['.'],
    ],
    [
      'a git repository by SSH as a path, as BuildKit does',
      'FROM a\nADD git@h.org:o/r.git /\nADD x /',
      ['git@h.org:o/r.git', 'x'],
    ],
    ['nothing where only git is added', 'FROM a\nADD git@h.org:o/r.git /', []],
  ])('asks the context for %s', (_title, text, paths) => {
    const { contextPaths, problems } = evaluate(text);
    expect(problems).toEqual([]);
    expect(contextPaths).toEqual(paths);
  });

  test.each([
    ['FROM $A', 'base name ($A) should not be blank'],
    ['FROM alpine:', '"alpine:" is neither a stage nor an image reference'],
    ['FROM a AS base\nFROM BASE', '"BASE" is neither a stage nor an image reference'],
    ['FROM --platform=plan9000 a', '"plan9000" is no platform (from --platform=plan9000)'],
    ['ARG A=${\nFROM a', `failed to process "\${": syntax error: missing '}'`],
    ['FROM a\nCOPY --from=-1 / /', 'invalid stage index -1'],
    ['FROM a\nCOPY --from=0 / /', 'circular dependency detected on stage 0'],
    [
      'FROM a AS b\nCOPY --from=c / /\nFROM a AS c\nCOPY --from=b / /',
      'circular dependency detected on stage b',
    ],
    ['FROM a\nRUN --mount=from=c,target=/c x\nFROM a AS c\nFROM stage', undefined],
    [
      'FROM a AS b\nCOPY --from=c / /\nFROM b AS c',
      'cannot copy from stage c, it needs to be defined before this stage',
    ],
    ['FROM a\nCOPY <<A /\n${}\nA\n', 'failed to process "<<A": syntax error: bad substitution'],
    ['FROM a\nLABEL x=${', `failed to process "\${": syntax error: missing '}'`],
    ['FROM a\nENV ${}=x', 'failed to process "${}": syntax error: bad substitution'],
    ['FROM a\nVOLUME $X', 'VOLUME specified can not be an empty string'],
    ['FROM a\nADD --checksum=md5:1 https://h.org/x /', 'invalid checksum: md5:1'],
    ['FROM a\nCOPY --chmod=77777 a /', 'invalid chmod parameter: 77777'],
    ['FROM a\nRUN --mount=type=secret,from=a,id=s true', 'from is not allowed for secret mounts'],
    ['FROM a\nRUN --mount=type=secret,required true', 'a secret mount needs a source, a target or an id'],
    ['FROM a\nRUN --mount=type=ssh,source=a,target=/x true', 'source is not allowed for ssh mounts'],
    ['FROM a\nRUN --mount=target=/x,mode=0755 true', 'mode is not allowed for bind mounts'],
    ['FROM a\nRUN --mount=target=/x,sharing=locked true', 'sharing is not allowed for bind mounts'],
    ['FROM a\nRUN --mount=target=/x,size=1 true', 'unexpected key "size" for a mount of type bind'],
    ['FROM a\nRUN --mount=target=/x,required true', 'unexpected key "required" for a mount of type bind'],
    ['FROM a\nRUN --mount=target=/x,ro=maybe true', 'invalid value of ro=maybe in a mount'],
    ['FROM a\nRUN --mount=target=/x,what true', 'invalid field "what" of a mount'],
    [
      'FROM a AS b\nONBUILD NONSENSE\nFROM b',
      'the ONBUILD trigger "NONSENSE" cannot run: unknown instruction: NONSENSE',
    ],
    ['ARG A', 'there is no stage to build'],
  ])('%j is refused: %s', (text, message) => {
    const errors = evaluate(text).problems.filter(({ severity }) => severity === 'error');
    expect(errors.map((problem) => problem.message)).toEqual(message === undefined ? [] : [message]);
    for (const { place, sourceLine } of errors) {
      expect(place).toMatchObject({ file: 'Dockerfile' });
      expect(sourceLine).toBeDefined();
    }
  });

  test('an unknown target is refused, and the stages are listed', () => {
    const { problems, targetStage } = evaluate('FROM a AS build\nFROM a AS test', { target: 'tests' });
    expect(problems).toMatchObject([
      {
        message: 'target stage "tests" could not be found',
        fix: 'build the target test; the stages are build, test',
      },
    ]);
    expect(targetStage).toBe(1);
  });

  test('a target is a name, not an index', () => {
    expect(evaluate('FROM a', { target: '0' }).problems).toHaveLength(1);
  });

  test('build arguments win over defaults, and only declared ones count', () => {
    const text = 'ARG A=1\nFROM a\nARG A\nARG B=2\nCOPY $A $B $C /';
    const { contextPaths, declaredArgs } = evaluate(text, { buildArgs: { A: 'x', B: 'y', C: 'z' } });
    expect(contextPaths).toEqual(['.']);
    expect(declaredArgs).toEqual(['A', 'B']);
    expect(evaluate(text.replace(' $C', ''), { buildArgs: { A: 'x', B: '$A' } }).contextPaths).toEqual([
      '$A',
      'x',
    ]);
  });

  test('what a build argument without a known value decides is widened', () => {
    const text =
      'ARG MODE=dev\nARG TAG\nFROM a AS stage-dev\nCOPY d /\nFROM a AS stage-prod\nCOPY p /\nFROM a:$TAG AS other\nCOPY o /\nFROM stage-$MODE\nARG APP=api\nARG MODE\nCOPY apps/$APP/$MODE /';
    const { reads, reachableStages, contextPaths, problems } = evaluate(text, {
      buildArgs: { MODE: null, APP: null, TAG: null },
    });
    expect(reads.map(({ path, widened }) => [path, widened !== undefined])).toEqual([
      ['d', false],
      ['p', false],
      ['apps', true],
    ]);
    expect(reachableStages).toEqual([0, 1, 3]);
    expect(contextPaths).toEqual(['apps/api/dev', 'd', 'p']);
    expect(problems.map(({ code, place }) => [code, place?.line])).toEqual([
      ['DOCKERFILE_UNKNOWN', 7],
      ['DOCKERFILE_UNKNOWN', 9],
      ['DOCKERFILE_UNKNOWN', 12],
    ]);
  });

  test('the platform decides predefined arguments', () => {
    const text =
      'FROM --platform=$BUILDPLATFORM a AS b\nARG TARGETARCH TARGETVARIANT BUILDARCH\nCOPY $TARGETARCH$TARGETVARIANT-$BUILDARCH /';
    const { contextPaths, images } = evaluate(text, {
      platform: 'linux/arm/v7',
      buildPlatform: 'linux/arm64',
    });
    expect(contextPaths).toEqual(['armv7-arm64']);
    expect(images).toMatchObject([{ imageRef: 'docker.io/library/a:latest', platform: 'linux/arm64' }]);
  });

  test('a malformed platform is a problem of the options', () => {
    expect(evaluate('FROM a', { platform: 'a/b/c/d' }).problems).toMatchObject([{ code: 'OPTIONS_INVALID' }]);
  });

  test('reachable instructions are those that can change the result', () => {
    const text = 'ARG A\nFROM a AS unused\nRUN x\nFROM a\nRUN y';
    const { reachableInstructions } = evaluate(text, { onbuild: { a: ['RUN z'] } });
    expect(reachableInstructions.map((instruction) => instruction.text)).toEqual([
      'ARG A',
      'FROM a',
      'RUN z',
      'RUN y',
    ]);
  });

  test('a local context that a stage starts from is read as a whole only if all of it is needed', () => {
    const namedContexts = { lib: '../lib' };
    const copied = evaluate('FROM lib AS l\nFROM a\nCOPY --from=l x /', { namedContexts });
    expect(copied.namedContextPaths).toEqual({ lib: ['x'] });
    expect(copied.reads).toMatchObject([{ kind: 'COPY', path: 'x', context: 'lib' }]);
    for (const text of ['FROM lib', 'FROM lib AS l\nRUN x\nFROM a\nCOPY --from=l x /']) {
      const whole = evaluate(text, { namedContexts });
      expect(whole.namedContextPaths).toEqual({ lib: ['.'] });
      expect(whole.reads).toContainEqual(
        expect.objectContaining({ kind: 'FROM', path: '.', context: 'lib' }),
      );
    }
  });

  test('remote contexts are remote sources, and other builds are only used', () => {
    const namedContexts = {
      g: 'https://h.org/o/r.git',
      h: 'https://h.org/x.tar',
      t: 'target:app',
      s: 'docker-image://scratch',
    };
    const text =
      'FROM g AS x\nFROM h AS y\nFROM t AS z\nFROM s\nCOPY --from=x / /\nCOPY --from=y / /\nCOPY --from=z / /';
    const { git, http, images, usedContexts, reads } = evaluate(text, { namedContexts });
    expect(git).toMatchObject([{ url: 'https://h.org/o/r.git', pinned: false }]);
    expect(http).toMatchObject([{ url: 'https://h.org/x.tar' }]);
    expect([images, reads]).toEqual([[], []]);
    expect(usedContexts).toEqual(['g', 'h', 's', 't']);
  });

  test('contextPaths is the same whether base images may set variables or not', () => {
    const text = 'FROM a\nCOPY x/$A/y ${B:-c} ${D:?must} /';
    const { contextPaths, reads, problems } = evaluate(text, { baseEnv: 'unknown' });
    expect(contextPaths).toEqual(['.']);
    expect(reads.map(({ path }) => path)).toEqual(['x', '.', '.']);
    expect(
      problems.every(({ code, severity }) => code === 'DOCKERFILE_UNKNOWN' && severity === 'warning'),
    ).toBe(true);
    expect(evaluate(text.replace(' ${D:?must}', '')).contextPaths).toEqual(['c', 'x/y']);
  });

  test('a URL that may be replaced by a path is both', () => {
    const text = 'FROM a\nADD ${SRC:-https://h.org/x} https://h.org/$V.tgz /';
    const { http, reads, contextPaths } = evaluate(text, { baseEnv: 'unknown' });
    expect(http.map(({ url }) => url)).toEqual(['https://h.org/x', 'https://h.org/.tgz']);
    expect(reads.map(({ path, widened }) => [path, widened !== undefined])).toEqual([['.', true]]);
    expect(contextPaths).toEqual([]);
  });

  test('a stage from scratch has no unknown variables', () => {
    expect(evaluate('FROM scratch AS a\nFROM a\nCOPY x/$A /', { baseEnv: 'unknown' }).problems).toEqual([]);
  });

  test('values that come from unknown ones are unknown', () => {
    const text = 'FROM a\nARG A=p/$X\nENV B=$A/q\nCOPY $B --ok /\nRUN --mount=source=$B,target=/x true';
    const { reads } = evaluate(text, { baseEnv: 'unknown' });
    expect(reads.map(({ path, widened }) => [path, widened !== undefined])).toEqual([
      ['p', true],
      ['--ok', false],
      ['p', true],
    ]);
  });

  test('thousands of stages overflow nothing', () => {
    const count = 2_000;
    const names = Array.from({ length: count }, (_, index) => index);
    const chain = names
      .map((i) => `FROM ${i === 0 ? 'scratch' : `s${i - 1}`} AS s${i}\nCOPY f${i} /\n`)
      .join('');
    expect(evaluate(chain).contextPaths).toHaveLength(count);
    const copies = names
      .map((i) => `FROM scratch AS s${i}\nCOPY --from=${i === 0 ? 'x' : `s${i - 1}`} / /\n`)
      .join('');
    expect(evaluate(copies).reachableStages).toHaveLength(count);
    const circle = names.map((i) => `FROM scratch AS s${i}\nCOPY --from=s${(i + 1) % count} / /\n`).join('');
    expect(evaluate(circle).problems[0]?.message).toContain('circular dependency');
    const triggers = `FROM scratch AS b\n${'ONBUILD COPY f /\n'.repeat(200_000)}FROM b\n`;
    expect(evaluate(triggers).reads).toHaveLength(200_000);
  });

  test('values that double are refused before they fill the memory', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `ENV A${i + 1}=$A${i}$A${i}`);
    const { problems } = evaluate(`FROM scratch\nENV A0=x\n${lines.join('\n')}`);
    expect(problems[0]?.message).toContain('the value becomes too long');
  });
});

test('each instruction that names a context asks for what it reads, all that copy from one stage together', () => {
  const text = [
    ...['FROM lib AS own', 'FROM scratch', 'COPY --from=own a /', 'COPY --from=own b /'],
    ...['COPY --from=lib c d /', 'RUN --mount=from=lib,source=e,target=/e x'],
  ].join('\n');
  const { reads, namedContextPaths } = evaluate(text, { namedContexts: { lib: 'lib' } });
  expect(reads.map(({ path, asked }) => [path, asked])).toEqual([
    ['a', ['a', 'b']],
    ['b', ['a', 'b']],
    ['c', ['c', 'd']],
    ['d', ['c', 'd']],
    ['e', ['e']],
  ]);
  expect(namedContextPaths).toEqual({ lib: ['a', 'b', 'c', 'd', 'e'] });
  const alone = evaluate('FROM scratch\nCOPY --from=lib a b /', { namedContexts: { lib: 'lib' } });
  expect(alone.reads.map(({ asked }) => asked)).toEqual([undefined, undefined]);
});
