import { randomNumbers } from '../../../testing/random-numbers.js';
import { planWaves, type WaveEdge } from './plan-waves.js';

/** `api<base` reads: api is built from base. */
function waves(ids: string, edges: string): string {
  const images = words(ids).map((id) => ({ id }));
  return planWaves(images, words(edges).map(edge))
    .map((wave) => wave.join(' '))
    .join(' | ');
}

function words(text: string): string[] {
  return text.split(' ').filter(Boolean);
}

function edge(text: string): WaveEdge {
  const [from = '', to = ''] = text.split('<');
  return { from, to };
}

it.each([
  ['nothing', '', '', ''],
  ['no edges', 'b a c', '', 'a b c'],
  ['a chain', 'a b c', 'c<b b<a', 'a | b | c'],
  ['a diamond', 'top left right base', 'top<left top<right left<base right<base', 'base | left right | top'],
  ['the longest way decides', 'a b c', 'c<a c<b b<a', 'a | b | c'],
  ['an edge twice', 'a b', 'b<a b<a', 'a | b'],
  ['an image twice', 'a a b', 'b<a', 'a | b'],
  ['edges of images that are not given', 'b c', 'b<a a<c', 'b c'],
  ['an image built from itself', 'a b', 'a<a b<a', 'a | b'],
  ['a circle', 'b a', 'a<b b<a', 'a | b'],
  ['a circle with others before and behind it', 'z y x w', 'x<w x<y y<x z<y', 'w | x | y | z'],
  ['what hangs on a circle does not come before it', 'a m n', 'a<m m<n n<m', 'm | a n'],
  ['names of prototypes', '__proto__ constructor', 'constructor<__proto__', '__proto__ | constructor'],
])('%s', (_, ids, edges, expected) => expect(waves(ids, edges)).toBe(expected));

it('puts every image once, behind its bases where there is no circle, in any order of what is given', () => {
  const random = randomNumbers(4);
  for (let round = 0; round < 300; round++) {
    const ids = Array.from({ length: 1 + random(9) }, (_, index) => `i${index}`);
    const pick = () => ids[random(ids.length)] ?? '';
    const edges = Array.from({ length: random(14) }, () => ({ from: pick(), to: pick() }));
    const acyclic = edges.filter(({ from, to }) => from > to);
    const images = ids.map((id) => ({ id }));
    expect(planWaves(images, edges).flat().sort()).toEqual(ids);
    expect(planWaves([...images].reverse(), [...edges].reverse())).toEqual(planWaves(images, edges));
    const planned = planWaves(images, acyclic);
    const waveOf = (id: string) => planned.findIndex((wave) => wave.includes(id));
    for (const { from, to } of acyclic) expect(waveOf(from)).toBeGreaterThan(waveOf(to));
  }
});

it('plans a chain of 3,000 and a circle of 1,000 images without delay', () => {
  const images = Array.from({ length: 4000 }, (_, index) => ({ id: `i${index}` }));
  const edges = images.slice(1).map(({ id }, index) => ({ from: id, to: images[index]?.id ?? '' }));
  const circle = { from: 'i3000', to: 'i3999' };
  const start = performance.now();
  expect(planWaves(images, [...edges, circle])).toHaveLength(4000);
  expect(performance.now() - start).toBeLessThan(1000);
});
