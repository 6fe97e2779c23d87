import { identicon } from './identicon';

test('the same name has the same picture, another name another', () => {
  expect(identicon('ada')).toEqual(identicon('ada'));
  expect(identicon('ada')).not.toEqual(identicon('bob'));
});

test.each(['a', 'ada', 'deep-thought', 'r2_d2', 'zz'])(
  '%s is symmetric and inside the 5 by 5 grid',
  (name) => {
    const { hue, cells } = identicon(name);
    const key = ({ x, y }: { x: number; y: number }) => `${x},${y}`;
    const filled = new Set(cells.map(key));
    expect(hue).toBeLessThan(360);
    expect(cells.length).toBe(filled.size);
    for (const { x, y } of cells) {
      expect(Math.max(x, y)).toBeLessThan(5);
      expect(filled).toContain(key({ x: 4 - x, y }));
    }
  },
);
