import { expandWord } from './expand-word.js';

const env = { V: 'apps/api/src', EMPTY: '', LETTER: 'ü', STAR: '*', UNDER_1: 'u' };

describe('expandWord', () => {
  test.each([
    ['plain', 'plain'],
    ['$V', 'apps/api/src'],
    ['${V}x', 'apps/api/srcx'],
    ['$Vx', ''],
    ['$UNDER_1-x', 'u-x'],
    ['$.', '$.'],
    ['$', '$'],
    ['$1x', 'x'],
    ['$@x', 'x'],
    ['${UNSET}', ''],
    ['${UNSET:-$V}', 'apps/api/src'],
    ['${UNSET-word}', 'word'],
    ['${EMPTY:-word}', 'word'],
    ['${EMPTY-word}', ''],
    ['${V:+word}', 'word'],
    ['${EMPTY:+word}', ''],
    ['${EMPTY+word}', 'word'],
    ['${UNSET+word}', ''],
    ['${V:?message}', 'apps/api/src'],
    ['${EMPTY?message}', ''],
    ['${V#*/}', 'api/src'],
    ['${V##*/}', 'src'],
    ['${V%/*}', 'apps/api'],
    ['${V%%/*}', 'apps'],
    ['${V#none}', 'apps/api/src'],
    ['${V/api/web}', 'apps/web/src'],
    ['${V/p?/_}', 'a_s/api/src'],
    ['${V//p/_}', 'a__s/a_i/src'],
    ['${V//\\//-}', 'apps-api-src'],
    ['${UNSET:-${EMPTY:-${V}}}', 'apps/api/src'],
    ['"$V"', 'apps/api/src'],
    ["'$V'", '$V'],
    ['\\$V', '$V'],
    ['"a b"', 'a b'],
    ['"a\\"b\\c"', 'a"b\\c'],
    ['a\\b\\', 'ab'],
    ['$LETTER', 'ü'],
    ['\ufeffa', 'a'],
  ])('%s is %j', (word, text) => {
    expect(expandWord(word, env).text).toBe(text);
  });

  test.each([
    ['${}', 'syntax error: bad substitution'],
    ['${:-x}', 'syntax error: bad substitution'],
    ['${V', "syntax error: missing '}'"],
    ['${V:-x', "syntax error: missing '}'"],
    ['${V:=x}', 'unsupported modifier (:=) in substitution'],
    ['${V:#x}', 'unsupported modifier (:#) in substitution'],
    ['${V^^}', 'unsupported modifier (^) in substitution'],
    ['${V:0:3}', 'unsupported modifier (:0) in substitution'],
    ['${!V}', 'unsupported modifier (V) in substitution'],
    ['${#V}', 'unsupported modifier (V) in substitution'],
    ['${V/a}', "syntax error: missing '/' in ${}"],
    ['${V#\\a}', "invalid pattern (\\a) in substitution: invalid escape '\\a'"],
    ['${UNSET:?say why}', 'UNSET: say why'],
    ['${UNSET?}', 'UNSET: is not allowed to be unset'],
    ['${EMPTY:?}', 'EMPTY: is not allowed to be empty'],
    ['"a', 'unexpected end of statement, looking for a matching double quote'],
    ["'a", 'unexpected end of statement, looking for a matching single quote'],
    ['${a:-'.repeat(10_000), 'substitutions are nested too deeply'],
  ])('%.20s fails: %s', (word, failure) => {
    expect(expandWord(word, env).failure).toBe(failure);
  });

  test('a name that objects inherit is not set', () => {
    expect(expandWord('$constructor$__proto__', {})).toMatchObject({
      text: '',
      unset: ['constructor', '__proto__'],
    });
  });

  test('the escape character of the directive escapes', () => {
    expect(expandWord('`$V C:\\x', env, { escape: '`' }).text).toBe('$V C:\\x');
  });

  test('quotes can be data', () => {
    expect(expandWord(`"$V" 'it's'`, env, { quotes: 'ignore' }).text).toBe(`"apps/api/src" 'it's'`);
  });

  test('a result that grows without bounds is refused', () => {
    const long = { A: 'a'.repeat(60_000) };
    expect(expandWord('${A//a/$A}', long).failure).toBe('the value becomes too long');
  });

  describe('with uncertain values', () => {
    const lookup = (name: string) =>
      ({ SURE: 'sure', MAYBE: { knownPrefix: '' }, PART: { text: 'dir/', knownPrefix: 'dir/' } })[name];

    test.each([
      ['a/$SURE/b', undefined],
      ['a/$MAYBE/b', 'a/'],
      ['a/$PART/b', 'a/dir/'],
      ['${SURE:-$MAYBE}', undefined],
      ['${MAYBE:-word}', ''],
      ['${MAYBE:+word}', ''],
      ['${MAYBE:?word}', ''],
      ['${PART:+word}', undefined],
      ['a${MAYBE#x}', 'a'],
      ['a${SURE#$MAYBE}', 'a'],
      ['a${SURE/u/$MAYBE}', 'a'],
      ['"a/$MAYBE"', 'a/'],
    ])('only the prefix of %s is certain: %j', (word, knownPrefix) => {
      const expansion = expandWord(word, lookup);
      expect(expansion.failure).toBeUndefined();
      expect('knownPrefix' in expansion ? expansion.knownPrefix : undefined).toBe(knownPrefix);
    });

    test('the text is what holds if nothing sets them', () => {
      expect(expandWord('a/$MAYBE/${MAYBE:-b}', lookup)).toMatchObject({
        text: 'a//b',
        unset: ['MAYBE'],
        uncertain: ['MAYBE'],
      });
    });
  });
});
