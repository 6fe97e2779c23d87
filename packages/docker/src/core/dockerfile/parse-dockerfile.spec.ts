import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDockerfile } from '../../../testing/format-dockerfile.js';
import { parseDockerfile } from './parse-dockerfile.js';

const fixtures = join(__dirname, '../../../fixtures');
const cases = ['dockerfiles', 'mounts'].flatMap((group) =>
  readdirSync(join(fixtures, group)).map((name) => join(group, name)),
);

describe('parseDockerfile', () => {
  test.each(cases)('%s parses to parsed.txt', (name) => {
    const dockerfile = parseDockerfile(readFileSync(join(fixtures, name, 'Dockerfile'), 'utf8'));
    expect(formatDockerfile(dockerfile)).toBe(readFileSync(join(fixtures, name, 'parsed.txt'), 'utf8'));
  });

  test('places name the path that is given', () => {
    const { path, problems } = parseDockerfile('FOO', { path: 'apps/api/Dockerfile' });
    expect(path).toBe('apps/api/Dockerfile');
    expect(problems.map(({ place }) => place?.file)).toEqual(['apps/api/Dockerfile']);
  });

  test.each([
    ['', 'file with no instructions'],
    ['# only a comment\n\n', 'file with no instructions'],
    ['\\', 'unknown instruction: '],
    ['FROM a\nRUN <<EOF\nnever ends', 'the heredoc EOF has no line that ends it'],
    [`FROM a\nRUN ${'x'.repeat(65_535)}`, 'a line longer than 65535 bytes'],
    [`FROM a\nRUN ${'é'.repeat(32_766)}`, 'a line longer than 65535 bytes'],
    ['# escape=\\\n# escape=`\nFROM a', 'only one escape parser directive can be used'],
    ['ARG A\nRUN true', 'no build stage for RUN, which stands before the first FROM'],
  ])('%j is refused: %s', (text, message) => {
    const errors = parseDockerfile(text).problems.filter(({ severity }) => severity === 'error');
    expect(errors.map((problem) => problem.message)).toEqual([message]);
  });

  test.each([
    ['a comment ends the directives', '# note\n# escape=`\nFROM a\nCOPY a \\\n b /x', ['a', 'b', '/x']],
    [
      'an unknown directive ends them too',
      '# other=1\n# escape=`\nFROM a\nCOPY a \\\n b /x',
      ['a', 'b', '/x'],
    ],
    ['an escape directive holds', '#ESCAPE = `\nFROM a\nCOPY a `\n b\\ /x', ['a', 'b\\', '/x']],
    ['a comment that ends with \\ does not continue', 'FROM a\n# note \\\nCOPY a /x', ['a', '/x']],
    ['blanks may follow the continuation', 'FROM a\nCOPY a \\ \t\n b /x', ['a', 'b', '/x']],
    ['no-break spaces do not separate', 'FROM a\nCOPY a\u00a0b /x', ['a\u00a0b', '/x']],
    ['words after -- are no flags', 'FROM a\nCOPY -- --from=x /x', ['--from=x', '/x']],
    ['carriage returns are cut', 'FROM a\r\nCOPY a \\\r\nb /x\r\n', ['a', 'b', '/x']],
  ])('%s', (_title, text, args) => {
    expect(parseDockerfile(text).instructions.at(-1)?.args).toEqual(args);
  });

  test('never throws, and every problem has a place in the file', () => {
    const random = createRandom(20);
    const texts = cases.map((name) => readFileSync(join(fixtures, name, 'Dockerfile'), 'utf8'));
    for (let i = 0; i < 3000; i++) {
      const text = mutate(texts[i % texts.length] ?? '', random);
      const { lines, problems } = parseDockerfile(text);
      const misplaced = problems.filter(
        ({ place }) => !place || place.line < 1 || place.line > Math.max(1, lines.length),
      );
      if (misplaced.length > 0) throw new Error(`${JSON.stringify(text)}: ${JSON.stringify(misplaced)}`);
    }
  });

  test.each([
    ['line feeds', '\n'],
    ['continuations', '\\\n'],
    ['nested ONBUILD', 'ONBUILD '],
    ['nested substitutions', 'RUN <<${a:-'],
    ['unfinished heredocs', 'RUN <<A\n'],
    ['flags', 'COPY --a '],
    ['JSON', 'CMD [['],
    ['instructions', 'COPY a b\n'],
  ])('takes linear time for 1 MB of %s', (_title, part) => {
    const millisecondsFor = (length: number): number => {
      const text = `FROM a\n${part.repeat(length / part.length)}`;
      const start = performance.now();
      parseDockerfile(text);
      return performance.now() - start;
    };
    millisecondsFor(100_000);
    expect(millisecondsFor(1_000_000)).toBeLessThan(5_000);
  });
});

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

function mutate(text: string, random: () => number): string {
  const parts = [
    '\\',
    '`',
    '"',
    "'",
    '${',
    '}',
    '<<',
    '<<-',
    '\n',
    '\r',
    '#',
    '--',
    '[',
    ']',
    '\0',
    '\ufffd',
    '\ud800',
    'ONBUILD ',
  ];
  let result = text;
  for (let i = 0; i < 4; i++) {
    const at = Math.floor(random() * result.length);
    const part = parts[Math.floor(random() * parts.length)] ?? '';
    result = result.slice(0, at) + part + result.slice(at + Math.floor(random() * 3));
  }
  return result;
}
