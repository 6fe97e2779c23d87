import { parseMountFields } from './mount-fields.js';

describe('parseMountFields', () => {
  test.each([
    [
      'type=bind,Source=a,ro',
      [
        ['type', 'bind'],
        ['source', 'a'],
        ['ro', undefined],
      ],
    ],
    [
      '"source=a,b",target=c=d',
      [
        ['source', 'a,b'],
        ['target', 'c=d'],
      ],
    ],
    ['"source=say ""hi"""', [['source', 'say "hi"']]],
    [
      'a=,',
      [
        ['a', ''],
        ['', undefined],
      ],
    ],
  ])('%s', (mount, fields) => {
    expect(parseMountFields(mount)?.map(({ key, value }) => [key, value])).toEqual(fields);
  });

  test.each(['', 'a"b', '"a', '"a"b', 'a,"b'])('%j is malformed', (mount) => {
    expect(parseMountFields(mount)).toBeUndefined();
  });
});
