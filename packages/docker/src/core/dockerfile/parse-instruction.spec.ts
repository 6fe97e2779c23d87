import { parseInstruction } from './parse-instruction.js';

describe('parseInstruction', () => {
  test.each([
    ['from  a\tAS b', 'FROM', [], ['a', 'AS', 'b']],
    ['COPY --from=a --chown="x y" \\--b a /x', 'COPY', ['--from=a', '--chown=x y'], ['\\--b', 'a', '/x']],
    [
      'RUN --mount=type=bind,target=C:\\\\x  echo  two  blanks',
      'RUN',
      ['--mount=type=bind,target=C:\\x'],
      ['echo  two  blanks'],
    ],
    ['ENV A="x y" B=\'z\' C=a\\ b', 'ENV', [], ['A', '"x y"', '=', 'B', "'z'", '=', 'C', 'a\\ b', '=']],
    ['ENV A b c  d', 'ENV', [], ['A', 'b c  d', '']],
    ['LABEL a.b=c=d', 'LABEL', [], ['a.b', 'c=d', '=']],
    ['ARG A B="c d" E=', 'ARG', [], ['A', 'B="c d"', 'E=']],
    ['HEALTHCHECK --retries=3 CMD curl -f /', 'HEALTHCHECK', ['--retries=3'], ['CMD', 'curl -f /']],
    ['WORKDIR /a b', 'WORKDIR', [], ['/a b']],
    ['VOLUME /a /b', 'VOLUME', [], ['/a', '/b']],
    ['COPY --from=ä a /x', 'COPY', ['--from=\u00c3\u00a4'], ['a', '/x']],
    ['COPY ä /x', 'COPY', [], ['ä', '/x']],
    ['CMD', 'CMD', [], []],
    ['NONSENSE x', 'NONSENSE', [], ['']],
  ])('%s', (text, keyword, flags, args) => {
    expect(parseInstruction(text, '\\')).toEqual({
      keyword,
      name: text.split(/\s/)[0],
      flags,
      args,
      json: false,
      text,
    });
  });

  test.each([
    ['CMD ["a", "b c"]', ['a', 'b c']],
    ['CMD \t[ ]', []],
    ['COPY ["\\u0061 b", "/x"]', ['a b', '/x']],
    ['SHELL ["\\ud800"]', ['\ufffd']],
  ])('%s is JSON', (text, args) => {
    expect(parseInstruction(text, '\\')).toMatchObject({ args, json: true });
  });

  test.each([
    ["CMD ['a']", ["['a']"]],
    ['CMD ["a"] b', ['["a"] b']],
    ['CMD {"a":1}', ['{"a":1}']],
    ['CMD ["a"', ['["a"']],
  ])('%s is no JSON', (text, args) => {
    expect(parseInstruction(text, '\\')).toMatchObject({ args, json: false });
  });

  test.each([
    ['CMD ["a", 1]', 'a JSON array of arguments must be comprised of strings only'],
    ['ENV A', 'ENV must have two arguments'],
    ['ENV A=b c', `can't find = in "c", which must be of the form name=value`],
    ['ONBUILD LABEL x', 'LABEL must have two arguments'],
  ])('%s is malformed', (text, message) => {
    expect(parseInstruction(text, '\\').fault?.message).toBe(message);
  });

  test('ONBUILD holds an instruction, and long chains of it are cut', () => {
    expect(parseInstruction('ONBUILD copy a b', '\\').onbuild).toMatchObject({
      keyword: 'COPY',
      args: ['a', 'b'],
    });
    expect(() => parseInstruction('ONBUILD '.repeat(100_000), '\\')).not.toThrow();
  });

  test('the escape character of the directive escapes in flags and values', () => {
    expect(parseInstruction('COPY --chown=`"a\\b` c d', '`').flags).toEqual(['--chown="a\\b c']);
    expect(parseInstruction('ENV A=a` b C=c\\ D=d', '`').args).toEqual([
      'A',
      'a` b',
      '=',
      'C',
      'c\\',
      '=',
      'D',
      'd',
      '=',
    ]);
  });
});
