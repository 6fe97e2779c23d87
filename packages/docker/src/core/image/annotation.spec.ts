import { formatAnnotation, indexAnnotations, parseAnnotation, withoutIndex } from './annotation.js';

it.each([
  ['a=b', 'manifest:a=b'],
  ['index:a=b=c: d', 'index:a=b=c: d'],
  ['manifest[linux/arm64],index:org.example/a=$(b)', 'manifest[linux/arm64],index:org.example/a=$(b)'],
])('reads %s', (text, formatted) => {
  const annotation = parseAnnotation(text);
  expect(annotation && formatAnnotation(annotation)).toBe(formatted);
});

it.each(['', 'a', 'a=', '=b', 'org:a=b', 'index:=b', 'index:b:c=d', 'manifest[]:a=b', 'a b=c'])(
  'does not take %j for an annotation',
  (text) => expect(parseAnnotation(text)).toBeUndefined(),
);

it.each([
  ['manifest,index:a=b', 'manifest:a=b'],
  ['index,index-descriptor:a=b', undefined],
])('makes %s without an index %s', (text, formatted) => {
  const annotation = parseAnnotation(text);
  const rest = annotation && withoutIndex(annotation);
  expect(rest && formatAnnotation(rest)).toBe(formatted);
});

it('gives an index its own', () => {
  expect(indexAnnotations(['a=b', 'index:c=d', 'manifest,index:e=f', 'index[linux/arm64]:g=h', 'x'])).toEqual(
    {
      c: 'd',
      e: 'f',
    },
  );
});
