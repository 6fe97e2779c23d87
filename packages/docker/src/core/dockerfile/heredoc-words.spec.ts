import { findHeredocWords, parseHeredocWord } from './heredoc-words.js';

describe('parseHeredocWord', () => {
  test.each([
    ['<<EOF', { name: 'EOF', expand: true, chomp: false }],
    ['<<-EOF', { name: 'EOF', expand: true, chomp: true }],
    ['3<<EOF', { name: 'EOF', expand: true, chomp: false }],
    ['<<"EOF"', { name: 'EOF', expand: false, chomp: false }],
    ["<<eo'f'", { name: 'eof', expand: false, chomp: false }],
    ["<<eo\\'f", { name: "eo'f", expand: true, chomp: false }],
    ['<<file.txt', { name: 'file.txt', expand: true, chomp: false }],
    ['<<$EOF', { name: '$EOF', expand: true, chomp: false }],
    ['<<', undefined],
    ['<<<EOF', undefined],
    ['a<<EOF', undefined],
    ['"<<EOF"', undefined],
    ['<EOF', undefined],
  ])('%s', (word, heredoc) => {
    expect(parseHeredocWord(word)).toEqual({ heredoc });
  });
});

describe('findHeredocWords', () => {
  test.each([
    ['COPY <<A b <<-"C" /x', ['A', 'C']],
    ['RUN cat <<  EOF > x', ['EOF']],
    ['RUN cat <<- EOF > x', []],
    ['RUN echo "<<EOF"', []],
    ['RUN echo $((1<<2))', []],
    ['RUN cat <<< word', []],
    ['RUN "an open quote <<EOF', []],
    ['RUN <<"two words" x', ['two words']],
  ])('%s has %j', (text, names) => {
    expect(findHeredocWords(text).heredocs.map(({ name }) => name)).toEqual(names);
  });

  test('a word that cannot be read is a failure', () => {
    expect(findHeredocWords('RUN <<${a:-b').failure).toBeUndefined();
    expect(findHeredocWords('RUN <<\\"').heredocs).toEqual([{ name: '"', expand: true, chomp: false }]);
  });
});
