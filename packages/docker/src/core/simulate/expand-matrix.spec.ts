import { expandMatrix } from './expand-matrix.js';

it.each([
  [
    'the product of lists',
    { os: ['a', 'b'], node: [20] },
    [
      { os: 'a', node: 20 },
      { os: 'b', node: 20 },
    ],
  ],
  ['without what is excluded', { os: ['a', 'b'], exclude: [{ os: 'a' }] }, [{ os: 'b' }]],
  ['only what is included', { include: [{ id: 'api' }, { id: 'web' }] }, [{ id: 'api' }, { id: 'web' }]],
  [
    // The example of GitHub's documentation.
    'an included item in each row it fits, or as a row of its own',
    {
      fruit: ['apple', 'pear'],
      animal: ['cat', 'dog'],
      include: [
        { color: 'green' },
        { color: 'pink', animal: 'cat' },
        { fruit: 'apple', shape: 'circle' },
        { fruit: 'banana' },
        { fruit: 'banana', animal: 'cat' },
      ],
    },
    [
      { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
      { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
      { fruit: 'pear', animal: 'cat', color: 'pink' },
      { fruit: 'pear', animal: 'dog', color: 'green' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ],
  ],
])('gives %s', (_, matrix, rows) => expect(expandMatrix(matrix)).toEqual(rows));

it.each([
  ['an empty list', { os: [] }, "Matrix vector 'os' does not contain any values"],
  ['nothing included', { include: [] }, 'Matrix must define at least one vector'],
  ['more than 256 jobs', { n: Array.from({ length: 257 }, (_, i) => i) }, '257 jobs'],
  ['a text', 'api', 'the matrix is no object'],
  ['a list of texts to include', { include: ['api'] }, "'include' of the matrix is no list of objects"],
])('refuses %s', (_, matrix, message) => expect(() => expandMatrix(matrix)).toThrow(message));
