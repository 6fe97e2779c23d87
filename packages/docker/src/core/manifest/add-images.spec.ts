import { addImages } from './add-images.js';

const digest = `sha256:${'0'.repeat(64)}`;
const images = new Map([
  ['api', `ghcr.io/acme/api:1.10@${digest}`],
  ['node', 'node:20'],
]);
const entries = (indent: string) =>
  `${indent}- name: api
${indent}  newName: ghcr.io/acme/api
${indent}  newTag: "1.10"
${indent}  digest: ${digest}
${indent}- name: node
${indent}  newTag: "20"
`;

describe('addImages', () => {
  it.each([
    ['an empty file', '', `images:\n${entries('')}`],
    [
      'a file without images',
      'resources: [a.yml]\n# end\n',
      `resources: [a.yml]\nimages:\n${entries('')}# end\n`,
    ],
    ['a file without a last line break', 'resources: [a.yml]', `resources: [a.yml]\nimages:\n${entries('')}`],
    [
      'behind the last image',
      'images:\n  - name: x # why\n    newTag: y # z\n\n# end\nresources: []\n',
      `images:\n  - name: x # why\n    newTag: y # z\n${entries('  ')}\n# end\nresources: []\n`,
    ],
    [
      'with line breaks of Windows',
      'images:\r\n- name: x\r\n',
      `images:\r\n- name: x\r\n${entries('').replaceAll('\n', '\r\n')}`,
    ],
  ])('adds to %s', (_, given, expected) => {
    expect(addImages(given, images)).toEqual({ text: expected, problems: [] });
  });

  it.each([
    ['a list in flow style', 'images: [{name: x}]\n', 'MANIFEST_UNEDITABLE'],
    ['images that are no list', 'images: x\n', 'MANIFEST_UNEDITABLE'],
    ['several documents', 'a: 1\n---\nb: 1\n', 'MANIFEST_UNEDITABLE'],
    ['a broken file', 'a: [\n', 'MANIFEST_INVALID'],
  ])('leaves %s', (_, text, code) => {
    expect(addImages(text, images)).toMatchObject({ text, problems: [{ code }] });
  });
});
