import { parseBuildResult } from './build-result.js';

const a = `sha256:${'a'.repeat(64)}`;
const b = `sha256:${'b'.repeat(64)}`;

describe('parseBuildResult', () => {
  it.each([
    ['an image id file', `${a}\n`, { imageId: a }],
    ['classic store', JSON.stringify({ 'containerimage.config.digest': a }), { imageId: a }],
    [
      'containerd store',
      JSON.stringify({ 'containerimage.config.digest': a, 'containerimage.digest': b }),
      { imageId: a, digest: b },
    ],
    [
      'classic store before a push',
      JSON.stringify({ 'containerimage.config.digest': a, 'containerimage.digest': a }),
      { imageId: a },
    ],
    ['an unknown form', '{"x":1}', {}],
    ['a digest that is none', JSON.stringify({ 'containerimage.digest': 'latest' }), {}],
    ['text', 'hello', {}],
    ['a JSON list', '[]', {}],
    ['nothing', '', {}],
  ])('reads %s', (_, text, result) => expect(parseBuildResult(text)).toEqual(result));
});
